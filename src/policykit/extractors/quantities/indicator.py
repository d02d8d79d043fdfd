"""What a target measures: the shortest phrase of the text that names it.

A counted thing is named behind its number (培育100家|企业) or before it (新建|充电桩|3万个), a level before the verb (森林覆盖率|达到45%), a
sum of money by its fund or its purpose. Where a clause names nothing, what was named before goes on.
"""

from __future__ import annotations

from functools import lru_cache

from policykit.extractors.quantities.context import JOINT, TIME, Context
from policykit.extractors.quantities.cues import CuePattern, cue_ends, cue_set


def indicator_of(context: Context) -> str:
    """The phrase that names what is measured; empty where the text names nothing."""
    candidate = context.candidate
    if (
        candidate.form == "word"
        and candidate.unit_class != "measure_words"
        and candidate.kind in ("coverage", "level")
        and not _is_noun(context.own_after)
    ):
        return _state(context)
    name = _name_behind(context)
    if name:
        return name
    name = _purpose(context) if candidate.unit_class == "money" else _inherited_subject(context)
    verb = context.adjacent
    if len(name) < 2 and verb is not None and verb.word in cue_set("noun_verbs"):
        return verb.word  # 年均培训10万人次
    return name


def _name_behind(context: Context) -> str:
    """The noun behind the number, where it names what is counted; empty where the name stands before it."""
    candidate, verb = context.candidate, context.adjacent
    if not _is_noun(context.own_after):
        return ""
    if candidate.unit_class == "percentages" and not _has_own_verb(context):
        return _clean(_without_long_bracket(_SHARE_PREFIX.sub("", context.own_after)))
    if candidate.unit_class not in ("measure_words", "physical", "latin", None):
        return ""
    if verb is not None and verb.place == "adjacent" and verb.verb_class == "reach" and verb.word != "突破":
        subject = _subject(context)
        if len(subject) >= 2:
            return subject
    noun = _noun_behind(context.own_after)
    if _ONLY_SIZE.fullmatch(noun):
        # 12个百亿元、70个30亿元以上项目: both are projects
        sized = _SIZED.match(context.text, candidate.right, context.clause.end)
        return _noun_behind(sized[1]) if sized is not None else ""
    return noun


_ONLY_SIZE = CuePattern("[0-9.十百千万亿]{1,8}元(?:级|以上)?")
_SIZED = CuePattern("[^，。；]{1,24}?元(?:级|以上)?(?!级|以上)([\u4e00-\u9fff]{2,12})")


def _state(context: Context) -> str:
    """What is to be covered or cleared: 乡村|实现省域基本全覆盖, 实现|市县|全覆盖."""
    before = context.text[context.segment_start : context.candidate.left]
    subject, mark, object_ = before.partition("实现")
    if mark and (len(_strip_leading(subject)) < 2 or subject.startswith("对")):
        subject = object_
    words = _clean(_STATE_END.sub("", _strip_leading(subject)))
    return words if len(words) >= 2 else _inherited_subject(context)


_STATE_END = CuePattern(r"(?:基本|动态|全面|全域|达到|做到|率先)+$")


def _strip_leading(words: str) -> str:
    match = _LEADING.match(words)
    return words[match.end() :] if match is not None else words


def _inherited_subject(context: Context) -> str:
    """The subject of the clause, or of the quantity before it where the clause has none."""
    holder = context
    subject = _subject(holder)
    if subject.startswith("占") and len(subject) > 2 and holder.previous is not None:
        # 研发经费投入年均增长7%，占地区生产总值比重不低于3%
        return _inherited_subject(holder.previous) + subject
    for _ in range(_STEPS):
        if _is_name(subject) or holder.previous is None:
            break
        holder = holder.previous
        subject = "" if _COMPARED.match(holder.before) else _name_behind(holder) or _subject(holder)
    if not _is_name(subject):
        return _clause_before(holder)
    return _last_name(_part_of(context, subject))


def _is_name(words: str) -> bool:
    return len(words) >= 2 and words not in cue_set("no_names")


#: 较上一个五年期约15万个: what is compared with names nothing
_COMPARED = CuePattern("[较比]")
#: how many quantities back a name is looked for
_STEPS = 12


def _is_noun(after: str) -> bool:
    return bool(after) and (
        ("\u4e00" <= after[0] <= "\u9fff" and after[0] not in "并且至" and not _AND_SO_ON.match(after))
        or after[0] in "“《‘0123456789"
    )


#: 面积不少于8平方米等: not the grade of 等级证书
_AND_SO_ON = CuePattern("等(?![级待候距])")


def _has_own_verb(context: Context) -> bool:
    return context.verb is not None and context.verb.place == "adjacent" and context.verb.verb_class != "produce"


_SHARE_PREFIX = CuePattern(r"^(?:的|（[^（）]*）)+")


_FOLLOWING_VERBS = CuePattern("<cut_after>|(?:建设|打造)(?=.{3})")


def _noun_behind(after: str) -> str:
    """The noun behind a number: 300个|具有辐射引领作用的|实训基地|开展培训."""
    phrase = _clean(after)
    if _NO_NOUN.match(phrase):
        return ""
    phrase = _without_long_bracket(phrase)
    relative = phrase.rfind("的")
    if _ABILITY.search(phrase, relative + 1) and relative >= 2:
        # 形成年产600颗商业卫星的制造能力
        phrase, relative = phrase[:relative], -1
    # 与发展相关的法例 is one name, 有条件、有基础的城市 says what the cities are like
    if 0 <= relative < len(phrase) - 1 and (len(phrase) - relative > 3 or "、" in phrase or relative > 18):
        phrase = phrase[relative + 1 :]
    for match in _FOLLOWING_VERBS.finditer(phrase, 1):
        # not inside quotes, and not a verb that is the noun's own end
        if phrase[match.end() : match.end() + 1] in ("者", "率", "量"):
            continue
        if phrase.count("“", 0, match.start()) == phrase.count("”", 0, match.start()):
            phrase = phrase[: match.start()]
            break
    return _clean(phrase)


def _without_long_bracket(phrase: str) -> str:
    bracket = phrase.find("（", 2)
    return phrase[:bracket] if bracket >= 0 and len(phrase) - bracket > 8 else phrase


_ABILITY = CuePattern(r"(?:能力|产能)$")
#: 迈上3万亿元台阶: not a noun that is counted
_NO_NOUN = CuePattern(r"<no_nouns>$|来自|位于|用于|属于")


#: single characters before a name, where they begin no word: 使|产值 but 使用人数, 会|增加 but 会展旅客
_SINGLE = r"使(?![用命])|将(?![军来要])|把(?![握关])|并(?![购网行])|令(?=.{3})|而(?![且言])|会(?![展议员计场所费籍客考])|包括(?=.{2})|政府(?=[会将把])"
_NUMBERING = r"[0-9]{1,3}[.、] ?|•|（[ivx0-9一二三四五六七八九十]{1,4}）"
#: what stands before a name and is no part of it: numbering, adverbs, light verbs, times
_LEADING = CuePattern(
    f"(?:{_NUMBERING}|[一二两三四五六七八九十]年(?=累计|<leading>|$)|<leading>|{_SINGLE}|{TIME}|[在于](?={TIME})){{1,6}}"
)


def _subject(context: Context) -> str:
    """What stands before the number: 森林覆盖率|达到, 建设|高标准农田|12万亩."""
    text, verb = context.text, context.verb
    start, end = context.segment_start, context.candidate.left
    previous = context.previous
    if (
        previous is not None
        and previous.clause == context.clause
        and previous.decision is not None
        and previous.decision[1].endswith("comparison")
    ):
        start = previous.segment_start  # 总量比过去五年收回的120公顷超逾四倍
    if verb is not None:
        if verb.place == "adjacent":
            end = verb.start
            if end == start and verb.word in cue_set("naming_verbs"):
                return verb.word
        elif verb.place == "opening" or (verb.place == "inner" and verb.verb_class == "produce"):
            start = _behind_verbs(text, verb.end, end)
    words = _BRACKETS.sub("", text[start:end]) if end - start > 24 else text[start:end]
    match = _LEADING.match(words) if start == context.segment_start else None
    if match is not None:
        words = words[match.end() :]
    source = _FROM.search(words)
    if source is not None:
        words = words[: source.start()]
    words = _TRAILING_TIME.sub("", words)
    if words[-1:] in _trailing_ends():
        words = _TRAILING.sub("", words)
    return _clean(_SHARE_OF.sub("", words) if "占" in words else words)


def _behind_verbs(text: str, start: int, end: int) -> int:
    """Behind verbs that are joined to the first: 新建|改扩建|及维修改造|公办幼儿园."""
    match = _MORE_VERBS.match(text, start, end)
    return match.end() if match is not None and match.end() < end - 1 else start


_MORE_VERBS = CuePattern("(?:[、和及与并]?(?:<building_verbs>|建设(?=“)))+")


_TRAILING_TIME = CuePattern(f"{TIME}$")


@lru_cache(maxsize=1)
def _trailing_ends() -> frozenset[str]:
    """What the words of `_TRAILING` end with: a search for it takes long and mostly finds nothing."""
    return frozenset("会可共均约要应更则中列").union(*map(cue_ends, ("trailing", "rank_verbs", "rank_scopes")))


_BRACKETS = CuePattern(r"（[^（）]*）")
#: 由2021年的500万次
_FROM = CuePattern(
    r"^从|在(?=20[0-9]{2}年(?:的)?基础上)|[由从](?=[^，。]{0,8}[0-9一二三四五六七八九十])|(?:高于|低于|快于)(?=<compared_with>)|(?:较|比)(?=20[0-9]{2}|<past_times>|“|上一)"
)
#: 占专业课教师总数超过一半: the share is of the first noun
_SHARE_OF = CuePattern(r"(?:原则上|一般)?占[^，。；]*(?<!比重)(?<!占比)(?<!比例)(?<!份额)(?<!率)$")
#: 将, 平均 and the like behind a name; single characters only where they end no word (社会, 公共, 签约, 需要, 供应, 高中)
_TRAILING = CuePattern(
    r"(?:<trailing>|(?<![社机议协展聚])会|(?<![认许])可|(?<!公)共|(?<![人平户年])均|(?<![签节合条预违])约|(?<![需主必重纪])要"
    r"|(?<![供响反适对相])应|(?<![变更])更|(?<![规原法守准细])则|(?<![高初小])中"
    # possessive, for words that hold others (将会) could be read in ever so many ways
    r"|<rank_verbs>|在?<rank_scopes>|前列)++$"
)


def _last_name(words: str) -> str:
    """The name at the end of a longer phrase: 停车设施建设运营等|服务场景, 三个组织的|秘书处数量."""
    etc = words.rfind("等")
    if (
        0 < etc < len(words) - 2
        and words[etc - 1] not in "平均高中初同劣对何"
        and words[etc + 1] not in "级待候距"
        and "资金" not in words[etc:]
    ):
        words = words[etc + 1 :]
    if len(words) > 10:
        relative = words.rfind("的")
        if 0 <= relative < len(words) - 6:
            words = words[relative + 1 :]
    return words


#: a further number of the list that shares a verb: 增长4%左右|和6%, 达到97%|、40%
_NEXT_NUMBER = CuePattern(
    r"(?:左右|以上|以下|以内)?(?:、|，|和|与|及|以及)(?:约|近|超过?)?[0-9][0-9.,]*[^，。；、和与及0-9]{0,6}"
)
_EACH = CuePattern(r"分别|依次")


def _part_of(context: Context, words: str) -> str:
    """甲、乙分别增长10%和35%: the first number is of 甲, the second of 乙.

    Where the names share their beginning or end (城镇和农村|居民收入, 小学、初中|升学率) each is given what it shares.
    """
    head, place = context, 0
    while head.is_list_member and head.verb is None and head.previous is not None and place < _STEPS:
        head, place = head.previous, place + 1
    if head.verb is None or head.verb.place not in ("adjacent", "comparator"):
        return words
    count = _count_numbers(head)
    if count < 2 or place >= count:
        return words
    parts = _names(words)
    is_said = _EACH.search(head.text, head.clause.start, head.candidate.start) is not None
    if len(parts) != count or (not is_said and _MEASURE_END.search(words) is None):
        return words
    ends = [_MEASURE_END.search(part) is not None for part in parts]
    if ends[0] == ends[-1]:
        return parts[place] if is_said else words
    if True not in ends[place:]:
        return parts[place]
    # 粮食、棉花产量和油料面积: what the nearest measured name behind it shares, from the one before that on
    last = ends.index(True, place)
    first = max((index + 1 for index in range(place) if ends[index]), default=0)
    return parts[place] if first == last else _with_shared(parts[first : last + 1], place - first)


def _count_numbers(head: Context) -> int:
    """How many numbers are listed from the first on."""
    count, position = 1, head.candidate.end
    while count < _STEPS:
        match = _NEXT_NUMBER.match(head.text, position, head.paragraph.end)
        if match is None:
            break
        count, position = count + 1, match.end()
    return count


def _names(words: str) -> list[str]:
    """The members of a list of names; 一二三产 are three."""
    sectors = _SECTORS.search(words)
    if sectors is not None:
        numerals = sectors.group()
        tail = words[sectors.end() :]
        return [*(words[: sectors.start()] + numeral for numeral in numerals[:-1]), numerals[-1] + tail]
    return [part for part in JOINT.split(words) if part]


_SECTORS = CuePattern(r"(?:一二三?|二三)(?=产|次产业)")


def _with_shared(parts: list[str], place: int) -> str:
    """A member of a list with what its last member shares with all: 城镇 and 农村|居民人均可支配收入.

    What is shared begins behind the word of the last member that answers to the first: one that ends alike (第一产业, 第二产业|增加值),
    else one that is as long. Where a verb ends the first (花生种植、收获|机械化率), its object is shared too.
    """
    first, last = parts[0], parts[-1]
    shared_head = first[:-2] if len(first) >= 4 and first[-2:] in cue_set("produce") else ""
    word = first[len(shared_head) :]
    alike = last.find(word[-1], 1, 6)
    cut = alike + 1 if alike > 0 else len(word) if len(word) <= 3 else 2
    tail = last[cut:]
    if len(tail) < 2 and _MEASURE_END.search(tail) is None:
        return shared_head + last if place == len(parts) - 1 else parts[place] + tail
    if place == len(parts) - 1:
        return shared_head + last
    return (shared_head if place else "") + parts[place] + tail


_MEASURE_END = CuePattern("<measure_nouns>$")


_CLAUSE_END = CuePattern("[，；]")


def _purpose(context: Context) -> str:
    """What a sum of money is for: its fund before or behind the number, else what it supports."""
    after = context.own_after
    noun = _noun_behind(after) if _is_noun(after) and not _SUPPORT.match(after) else ""
    if noun and _NAMED_FUND.search(noun):
        return noun
    subject = _subject(context)
    if _FUND.search(subject) and subject not in cue_set("bare_funds"):
        return _last_name(_part_of(context, subject))
    governor = context.governor
    if not after and governor is not None and governor.verb_class in ("produce", "increase"):
        comma = context.clause.end
        after = context.text[comma + 1 : context.sentence.end] if _SUPPORT.match(context.text, comma + 1) else ""
        after = _CLAUSE_END.split(after)[0]
    support = _SUPPORT.match(after)
    if support is not None:
        return _clean(after[support.end() :])
    return noun or _inherited_subject(context)


_NAMED_FUND = CuePattern("<named_funds>")
_FUND = CuePattern("<funds>")
_SUPPORT = CuePattern("<purpose_verbs>")


def _clause_before(context: Context) -> str:
    """The clause before, where the quantity's own names nothing."""
    clause = ""
    end = context.clause.start - 1
    while end > context.sentence.start and (not clause or clause.startswith(("由", "从", "以", "为", "使"))):
        start = max(
            context.sentence.start, max(context.text.rfind(mark, context.sentence.start, end) for mark in "，：；") + 1
        )
        clause, end = context.text[start:end][-40:], start - 1
    return _clean(_LEADING_VERB.sub("", _strip_leading(clause)))


_LEADING_VERB = CuePattern("^<clause_verbs>")


_OPEN_JOINT = CuePattern(r"(?<!温)和$|(?<!参)与$|(?<![普涉波])及$")


def _clean(words: str) -> str:
    if words[-1:] in ("和", "与", "及"):
        words = _OPEN_JOINT.sub("", words)
    words = words.strip(" 、，的为：:。")
    if words[:1] in ("）", ")"):
        words = words[1:]
    opened = words.rfind("（")
    if opened >= 0 and "）" not in words[opened:]:
        words = words[:opened]
    if words[:1] in ("“", "（") or words[-1:] in ("”", "）"):
        for mark, other in (("“", "”"), ("（", "）")):
            if (words.startswith(mark) and other not in words) or (words.endswith(other) and mark not in words):
                words = words.strip(mark + other)
    return words
