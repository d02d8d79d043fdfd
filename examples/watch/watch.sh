#!/bin/sh
# Watches a folder of policy releases: new document in, Markdown report out.
#
#   watch.sh RELEASES REPORTS
#
# RELEASES is a folder into which documents are put (*.txt). For each one that is new or has changed, REPORTS gets NAME.md: what it says, what
# is wrong with it, and what changed against the release before (for a document that changed: against its former self). Documents that
# are done are remembered in REPORTS/state, so the script may run as often as you like, from cron for instance. A run that is cut off does
# the document it was at again. Rules of your own stand in .policykit.yaml where the script runs.
#
# Exit code: 0 nothing new, or nothing wrong with what is new; 1 findings; 2 a document could not be read (it is tried again next time).
set -eu

if [ $# -ne 2 ]; then
    echo "usage: watch.sh RELEASES REPORTS" >&2
    exit 2
fi
releases=$1
reports=$2
state=$reports/state
mkdir -p "$state"
worst=0

worse() {
    if [ "$1" -gt "$worst" ]; then worst=$1; fi
}

for document in "$releases"/*.txt; do
    [ -e "$document" ] || continue
    name=$(basename "$document" .txt)
    analysis=$state/$name.json
    sum=$(cksum <"$document")
    if [ -e "$state/$name.done" ] && [ "$(cat "$state/$name.done")" = "$sum" ]; then
        continue
    fi

    # extract
    if ! policykit extract "$document" --format json --output "$analysis.new"; then
        worse 2
        continue
    fi

    # check
    code=0
    policykit check "$analysis.new" >"$state/check" || code=$?
    case $code in
    0) ;;
    1) worse 1 ;;
    *)
        worse 2
        continue
        ;;
    esac

    # compare with the document as it was, else with the release before
    before=
    if [ -e "$analysis" ]; then
        before=$analysis
    elif [ -e "$state/last" ]; then
        before=$state/$(cat "$state/last").json
    fi

    : >"$state/changes"
    if [ -n "$before" ]; then
        code=0
        policykit compare "$before" "$analysis.new" --format markdown >"$state/changes" || code=$?
        if [ "$code" -gt 1 ]; then
            worse 2
            continue
        fi
    fi
    if ! policykit summarise "$analysis.new" --format markdown >"$state/summary"; then
        worse 2
        continue
    fi

    # the report is put in place when it is whole
    {
        cat "$state/summary"
        printf '\n## 检查\n\n```text\n'
        cat "$state/check"
        printf '```\n'
        if [ -n "$before" ]; then
            printf '\n## 与上一份（%s）相比\n\n' "$(basename "$before" .json)"
            cat "$state/changes"
        fi
    } >"$reports/$name.md.new"
    mv "$reports/$name.md.new" "$reports/$name.md"
    mv "$analysis.new" "$analysis"
    printf '%s\n' "$name" >"$state/last"
    printf '%s\n' "$sum" >"$state/$name.done"
    echo "$reports/$name.md"
done

exit "$worst"
