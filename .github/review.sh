#!/usr/bin/env bash
# What a pull request does to a package: annotations, the summary of the step, the text of a comment, repaired files.
#
#   PACKAGE  the folder of the package
#   BASE     the revision to compare with; left empty, the first parent of the merge commit that GitHub checks out
#   REPORT   a folder; comment/comment.md and repaired/ are written below it
#
# Ends with 1 if the package has errors. A discrepancy is no error.
set -euo pipefail

PACKAGE=${PACKAGE:-.}
BASE=${BASE:-}
mkdir -p "$REPORT/comment"
comment=$REPORT/comment/comment.md

if [ -z "$BASE" ] && git -C "$PACKAGE" rev-parse --verify --quiet 'HEAD^2' >/dev/null; then
  BASE='HEAD^1'
fi

valid=0
echo "::group::Every problem of the package"
claimtrack validate "$PACKAGE" --format text || valid=$?
echo "::endgroup::"

compared=2
if [ -n "$BASE" ]; then
  compared=0
  claimtrack diff "$BASE" --package "$PACKAGE" --format github --report "$comment" || compared=$?
fi
if [ "$compared" = 2 ] && [ "$valid" -lt 2 ]; then
  echo "There is no older version of the package here to compare with."
  claimtrack validate "$PACKAGE" --format github || true
  claimtrack validate "$PACKAGE" --format markdown | head -c 60000 >"$comment" || true
elif [ "$compared" != 0 ]; then
  valid=$compared
fi

# How many errors a package has.
errors() {
  claimtrack validate "$1" --format jsonl | grep -c '"severity": "error"' || true
}

# The names of the repaired files. A name is somebody's text: what might be more than that in a comment becomes "?".
repaired() {
  (cd "$REPORT/repaired" && find . -type f -printf '`%P`\n') |
    LC_ALL=C tr -c 'A-Za-z0-9._/`\n -' '?' | LC_ALL=C sort | paste -s -d ',' | sed 's/,/, /g'
}

# Say at the head of the comment where the repaired files are, if they leave fewer errors ($1) than there were ($2).
announce() {
  local rest='Do this before you mend anything else: what is left is told anew.'
  if [ "$1" -ge "$2" ]; then
    return
  elif [ "$1" = 0 ]; then
    rest='That is all there is to do: what is said below is about the files as they are now.'
  fi
  {
    printf '**Repaired files are ready: %s.** ' "$(repaired)"
    printf 'Choose *Checks* above, then *Review*: they are among the *Artifacts*, as `repaired-files`. '
    printf 'Download and unpack these, and upload them over your own, each into its folder on your branch. '
    printf '%s\n\n' "$rest"
    cat "$comment"
  } | head -c 60000 >"$comment.new"
  mv "$comment.new" "$comment"
}

# For people without a shell: the files that they changed, as `claimtrack fmt --repair` leaves them.
repair() {
  local root prefix copy left
  root=$(git -C "$PACKAGE" rev-parse --show-toplevel)
  prefix=$(git -C "$PACKAGE" rev-parse --show-prefix)
  copy=$(mktemp -d)
  git -C "$root" worktree add --quiet --detach "$copy/tree" HEAD
  claimtrack fmt "$copy/tree/$prefix" --repair ${BASE:+--base "$BASE"} || true
  git -C "$copy/tree" diff --name-only --relative -z | while IFS= read -r -d '' file; do
    if [ -n "$BASE" ] && git -C "$root" diff --quiet "$BASE" HEAD -- "$file"; then
      continue
    fi
    mkdir -p "$REPORT/repaired/$(dirname "$file")"
    cp -P "$copy/tree/$file" "$REPORT/repaired/$file"
  done
  if [ -d "$REPORT/repaired" ]; then
    left=$(errors "$copy/tree/$prefix")
    git -C "$copy/tree" checkout --quiet -- .
    announce "$left" "$(errors "$copy/tree/$prefix")"
  fi
  git -C "$root" worktree remove --force "$copy/tree"
}
if [ "$valid" = 1 ]; then
  echo "::group::What a repair would change"
  repair || echo "The files could not be repaired."
  echo "::endgroup::"
fi

if [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ -f "$comment" ]; then
  cat "$comment" >>"$GITHUB_STEP_SUMMARY"
fi

exit "$valid"
