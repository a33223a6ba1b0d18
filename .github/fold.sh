#!/usr/bin/env bash
# Moves the claims that lie in the inbox of a package into its tables, and pushes that as one commit.
#
#   PACKAGE  the folder of the package
#   REMOTE   where to push to
#   BRANCH   the branch that is checked out, and pushed to
#   TOKEN    what GitHub lets us push with; blank where the remote asks for none
#
# claimtrack imports packages of many people, and a program can read the environment that those above it began with,
# which no `unset` changes. So a shell that began with the token gives its place to one that is handed it as input.
# Start this with `exec`, so that no shell above it has the token either.
#
# If somebody pushes in the meantime, it starts again from what they pushed: nothing is merged and nothing is forced.
# Ends with 1 if the claims cannot be taken over; then nothing is changed.
set -euo pipefail

PACKAGE=${PACKAGE:-.}
token=
if [ -n "${TOKEN:-}" ]; then
  exec env -u TOKEN bash "$0" handed 3<<<"$TOKEN"
elif [ "${1:-}" = handed ]; then
  read -r token <&3
  exec 3<&-
fi

# Git with the token, in the environment of this one command: no file and no list of processes shows it.
with_token() {
  local header
  if [ -n "$token" ]; then
    header="Authorization: Basic $(printf 'x-access-token:%s' "$token" | base64 --wrap=0)"
    GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0="http.extraheader" GIT_CONFIG_VALUE_0="$header" git "$@"
  else
    git "$@"
  fi
}

for attempt in 1 2 3 4 5; do
  claimtrack fold --package "$PACKAGE"
  git add --all -- "$PACKAGE"
  if git diff --cached --quiet; then
    echo "There is nothing to fold."
    exit 0
  fi
  git -c user.name="github-actions[bot]" -c user.email="41898282+github-actions[bot]@users.noreply.github.com" \
    commit --quiet --message "Fold the inbox"
  if with_token push --quiet "$REMOTE" "HEAD:refs/heads/$BRANCH"; then
    echo "Folded and pushed."
    exit 0
  fi
  echo "Attempt $attempt was refused. Starting again from what $BRANCH is now."
  with_token fetch --quiet --depth 1 "$REMOTE" "refs/heads/$BRANCH"
  git reset --quiet --hard FETCH_HEAD
done
echo "$BRANCH could not be pushed to; the inbox is as it was."
exit 1
