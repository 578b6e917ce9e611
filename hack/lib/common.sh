# shellcheck shell=bash
# What every script here shares: how it speaks, how it gives up, where it is. Source it; it starts nothing.

REPO=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/minicloud
export REPO CACHE

say() { printf '%s\n' "$*"; }

# step WHAT: says what begins now, and how long it has been since the start.
step() { printf '[%3d s] %s\n' "$SECONDS" "$*"; }

# die CAUSE REMEDY: every early end names both.
die() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  printf '  remedy: %s\n' "$2" >&2
  exit 1
}

need_root() {
  [ "$(id -u)" = 0 ] || die "not root: virtual machines, namespaces and bridges need it" "run it as root, or: sudo $0 $*"
}

# need_disk MIB DIR: the folder need not exist yet.
need_disk() {
  local dir=$2 free
  while [ ! -d "$dir" ]; do dir=$(dirname "$dir"); done
  free=$(df -Pm "$dir" | awk 'NR == 2 { print $4 }')
  [ "$free" -ge "$1" ] || die "$free MiB are free under $dir and $1 are needed" "make room there, or choose another folder (XDG_CACHE_HOME, MINICLOUD_HOME)"
}

# usage SCRIPT: the comment at the head of a script is its help.
usage() { awk 'NR > 1 { if (!/^#/) exit; sub(/^# ?/, ""); print }' "$1"; }

is_systemd() { [ -d /run/systemd/system ]; }
