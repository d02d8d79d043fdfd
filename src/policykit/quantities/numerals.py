"""Numbers as officials write them, read exactly: 1,200、3.5万亿、一百二十、百分之五十、三分之二、八成五. Pure values, no documents."""

from __future__ import annotations

from decimal import Decimal, DecimalException
from functools import lru_cache

#: what each digit character is worth
DIGITS = {
    **{character: value for value, character in enumerate("零一二三四五六七八九")},
    "〇": 0,
    "○": 0,
    "两": 2,
}
#: multipliers inside a group of four places
_PLACES = {"十": 10, "百": 100, "千": 1000}
#: multipliers that close a group
_SCALES = {"万": 10**4, "亿": 10**8, "兆": 10**12}

#: the characters that Chinese numerals are made of (for patterns)
NUMERAL_CHARACTERS = "零〇一二三四五六七八九两十百千万亿兆"
SCALE_CHARACTERS = "十百千万亿兆"


@lru_cache(maxsize=4096)
def parse_number(text: str) -> Decimal | None:
    """The value of a plain number: Arabic digits with scale words, Chinese numerals, or both mixed; None if it is none.

    White space and thousands separators inside are ignored. A trailing scale word multiplies (`3.5万亿`); a bare scale word stands for
    one of it (`百` as in 百名). Fractions and percentages are read by `parse_fraction`.

    >>> [str(parse_number(text)) for text in ("1,200", "3 300", "3.5万亿", "百", "两百三十", "二〇三五", "十五", "1万2千")]
    ['1200', '3300', '3500000000000', '100', '230', '2035', '15', '12000']
    >>> parse_number("若干") is None
    True
    """
    text = text.translate(_SEPARATORS)
    if not text:
        return None
    read = _decimal if text.isascii() else _parse_mixed if text[0].isascii() else _parse_chinese
    value = read(text)
    return None if value is None else without_exponent(value)


def without_exponent(value: Decimal) -> Decimal:
    """The same number without exponent and superfluous zeros: 3.50E+3 -> 3500, 0.60 -> 0.6.

    >>> str(without_exponent(Decimal("3.50E+3"))), str(without_exponent(Decimal("0.60")))
    ('3500', '0.6')
    """
    return Decimal(int(value)) if value == value.to_integral_value() else value.normalize()


#: separators go, full-width forms become half-width
_SEPARATORS = (
    {ord(character): None for character in " ,，\t\n\u00a0\u2009\u202f\u3000"}
    | {ord("．"): "."}
    | {ord("０") + digit: str(digit) for digit in range(10)}
)


def _decimal(text: str) -> Decimal | None:
    # Decimal also reads "1e3", "NaN" and "_": none of these is a number in a policy document
    if not all(character.isdigit() or character == "." for character in text):
        return None
    try:
        return Decimal(text)
    except DecimalException:
        return None


def _parse_mixed(text: str) -> Decimal | None:
    """Arabic digits followed by scale words: 1.2亿, 3万5千, 2千万."""
    total = Decimal(0)
    position = 0
    while position < len(text):
        end = position
        while end < len(text) and text[end].isascii():
            end += 1
        number = _decimal(text[position:end])
        if number is None:
            return None
        while end < len(text) and not text[end].isascii():
            factor = _PLACES.get(text[end]) or _SCALES.get(text[end])
            if factor is None:
                return None
            number *= factor
            end += 1
        total += number
        position = end
    return total


@lru_cache(maxsize=4096)
def _parse_chinese(text: str) -> Decimal | None:
    if "点" in text:
        whole, _, fraction = text.partition("点")
        left = _parse_chinese_integer(whole)
        tail = ""
        while fraction and fraction[-1] in SCALE_CHARACTERS:
            fraction, tail = fraction[:-1], fraction[-1] + tail
        if left is None or not fraction or any(character not in DIGITS for character in fraction):
            return None
        value = Decimal(left) + Decimal("0." + "".join(str(DIGITS[character]) for character in fraction))
        for character in tail:
            value *= _PLACES.get(character) or _SCALES[character]
        return value
    integer = _parse_chinese_integer(text)
    return None if integer is None else Decimal(integer)


def _parse_chinese_integer(text: str) -> int | None:
    """Positional (二〇三五) or multiplicative (一千二百, 三百万, 百, 百万) numerals."""
    if not text:
        return None
    if all(character in DIGITS for character in text):
        return int("".join(str(DIGITS[character]) for character in text))
    total = group = 0  # `group` gathers what stands before the next 万, 亿
    digit: int | None = None
    place = 0  # the place value before a bare last digit: 三百五 is 350
    for character in text:
        if character in DIGITS:
            if digit not in (None, 0):
                return None
            digit = DIGITS[character]
            if digit == 0:
                place = 0
        elif character in _PLACES:
            place = _PLACES[character]
            group += (1 if digit is None else digit) * place
            digit = None
            place //= 10
        elif character in _SCALES:
            scale = _SCALES[character]
            group += digit or 0
            if group == 0 and total == 0:
                group = 1
            # 三千万亿: a larger scale multiplies all that came before it
            total = (total + group) * scale if total and total < scale else total + group * scale
            group, digit, place = 0, None, scale // 10
        else:
            return None
    if digit:
        group += digit * (place or 1) if place > 1 else digit
    return total + group


def parse_fraction(text: str) -> Decimal | None:
    """A share written in words, in percent: 百分之五十, 百分之2.5, 三分之二, 八成五, 一半, 半; None if it is none.

    >>> [str(parse_fraction(text)) for text in ("百分之五十", "百分之2.5", "八成", "八成五", "三成以下"[:2], "一半", "四分之三")]
    ['50', '2.5', '80', '85', '30', '50', '75']

    A third has no exact decimal; it is given to two places.

    >>> str(parse_fraction("三分之二"))
    '66.67'
    """
    text = text.translate(_SEPARATORS)
    if text in ("一半", "半", "半数", "过半"):
        return Decimal(50)
    whole, mark, part = text.partition("分之")
    if mark:
        divisor, dividend = parse_number(whole), parse_number(part)
        if not divisor or dividend is None:
            return None
        # a third has no exact decimal: two places, as people write it
        return dividend if divisor == 100 else without_exponent(round(dividend * 100 / divisor, 2))
    tenths, mark, rest = text.partition("成")
    if mark:
        number = parse_number(tenths)
        if number is None:
            return None
        half = Decimal(5) if rest == "半" else Decimal(0)
        if rest and rest != "半":
            extra = parse_number(rest)
            if extra is None or extra >= 10:
                return None
            half = extra
        return number * 10 + half
    return None


def scale_of(text: str) -> int:
    """What the scale words of a text multiply by: 亿 -> 100000000, 万亿 -> 10**12, nothing -> 1.

    >>> scale_of("万"), scale_of("万亿"), scale_of("")
    (10000, 1000000000000, 1)
    """
    factor = 1
    for character in text:
        factor *= _PLACES.get(character) or _SCALES.get(character, 1)
    return factor
