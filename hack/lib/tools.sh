#!/usr/bin/env bash
# Builds the programs that hack/tools/<tool>/go.mod pin, from source, and links them into one folder.
#
#   hack/lib/tools.sh            build what is missing; the last line names the folder
#   hack/lib/tools.sh node       the same with what a whole node of Kubernetes has
#
# A built program lies in $XDG_CACHE_HOME/minicloud/tools/<tool>-<hash of the pins>/, so nothing is built twice.
# A program of exactly the pinned version that is already on the PATH is linked instead.
# Two runs at once are safe: the second waits. GOPROXY and the other settings of go are obeyed.
set -euo pipefail
# shellcheck source=hack/lib/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

TOOLS=$CACHE/tools
TOOLS_BIN=${MINICLOUD_TOOLS_BIN:-$TOOLS/bin}

# program | pin folder | package | module whose version it has
PROGRAMS='
etcd                    etcd       go.etcd.io/etcd/server/v3                  go.etcd.io/etcd/server/v3
kube-apiserver          kubernetes k8s.io/kubernetes/cmd/kube-apiserver          k8s.io/kubernetes
kube-controller-manager kubernetes k8s.io/kubernetes/cmd/kube-controller-manager k8s.io/kubernetes
kubectl                 kubernetes k8s.io/kubernetes/cmd/kubectl                 k8s.io/kubernetes
helm                    helm       helm.sh/helm/v3/cmd/helm                      helm.sh/helm/v3
minio                   minio      github.com/minio/minio                        github.com/minio/minio'

# What a whole node of Kubernetes has beyond them; hack/lib/node.
NODE_PROGRAMS='
kubelet                 kubernetes k8s.io/kubernetes/cmd/kubelet                 k8s.io/kubernetes
kube-scheduler          kubernetes k8s.io/kubernetes/cmd/kube-scheduler          k8s.io/kubernetes
kube-proxy              kubernetes k8s.io/kubernetes/cmd/kube-proxy              k8s.io/kubernetes'

# The names of the first.
mapfile -t CLOUD_TOOLS < <(awk 'NF { print $1 }' <<<"$PROGRAMS")

# pinned TOOL MODULE: the version in its go.mod.
pinned() { awk -v m="$2" '$1 == m && $2 ~ /^v/ { print $2; exit }' "$REPO/hack/tools/$1/go.mod"; }

# Static, so that a program is the same whether or not the machine has a C compiler, and runs in an image of its own. Debug
# information would be stripped anyway; not to make it saves about a tenth of the work.
BUILD=(env CGO_ENABLED=0 go build -v -trimpath -buildvcs=false -gcflags=all=-dwarf=false)

# Where the programs of a tool lie: changed pins or flags make a new folder.
built_in() { printf '%s/%s-%s' "$TOOLS" "$1" "$({ printf '%s ' "${BUILD[@]}" && cat "$REPO/hack/tools/$1"/go.{mod,sum}; } | sha256sum | cut -c1-16)"; }

# version_flags TOOL VERSION: what makes a program tell its true version (each project's own release script does the same).
version_flags() {
  local v=$2 module
  case $1 in
    kubernetes) for module in component-base/version client-go/pkg/version; do printf ' -X k8s.io/%s.gitVersion=%s' $module "$v"; done ;;
    helm)
      module=$(pinned helm k8s.io/client-go | cut -d. -f2)
      printf ' -X helm.sh/helm/v3/internal/version.version=%s -X helm.sh/helm/v3/pkg/chartutil.k8sVersionMinor=%s -X helm.sh/helm/v3/pkg/lint/rules.k8sVersionMinor=%s' "$v" "$module" "$module" ;;
    minio) # MinIO tags no modules: the pin is v0.0.0-<time of the commit>-<commit>
      local t=${v#*-}
      local commit=${t#*-} d=${t%%-*}
      printf ' -X github.com/minio/minio/cmd.%s' "Version=${d:0:4}-${d:4:2}-${d:6:2}T${d:8:2}:${d:10:2}:${d:12:2}Z" \
        "ReleaseTag=DEVELOPMENT.${d:0:4}-${d:4:2}-${d:6:2}T${d:8:2}-${d:10:2}-${d:12:2}Z" "CommitID=$commit" "ShortCommitID=$commit" "CopyrightYear=${d:0:4}" ;;
  esac
}

# has_version PROGRAM FILE VERSION: does the file say that it is exactly that version?
has_version() {
  case $1 in
    etcd) [ "$("$2" --version 2>/dev/null | head -n 1)" = "etcd Version: ${3#v}" ] ;;
    kubectl) [ "$("$2" version --client 2>/dev/null | head -n 1)" = "Client Version: $3" ] ;;
    kube*) [ "$("$2" --version 2>/dev/null)" = "Kubernetes $3" ] ;;
    helm) [ "$("$2" version --template '{{.Version}}' 2>/dev/null)" = "$3" ] ;;
    minio) "$2" --version 2>/dev/null | head -n 1 | grep -q "commit-id=${3##*-}" ;;
  esac
}

# installed PROGRAM VERSION: the path of a fitting one outside our own folders.
installed() {
  local file
  while read -r file; do
    case $(readlink -f "$file") in "$(readlink -f "$TOOLS")"/*) continue ;; esac
    if has_version "$1" "$file" "$2"; then printf '%s' "$file"; return 0; fi
  done < <(type -ap "$1" | sort -u)
  return 1
}

# need_go TOOL: a go that can build it.
need_go() {
  local wants has
  command -v go >/dev/null || PATH=$PATH:/usr/local/go/bin:/usr/lib/go/bin
  wants=$(awk '$1 == "go" { print $2; exit }' "$REPO/hack/tools/$1/go.mod")
  command -v go >/dev/null || die "there is no go to build $1 with" "install Go $wants or newer (https://go.dev/doc/install)"
  has=$(go env GOVERSION)
  has=${has#go}
  [ "$(printf '%s\n' "$wants" "${has%% *}" | sort -V | head -n 1)" = "$wants" ] || [ "$(go env GOTOOLCHAIN)" != local ] ||
    die "$1 needs Go $wants and this is Go $has" "install a newer one (https://go.dev/doc/install), or let go fetch it: GOTOOLCHAIN=auto $0"
}

explain_failure() { # PROGRAM LOG
  tail -n 15 "$2" >&2
  if grep -qi 'no space left' "$2"; then die "the disk was full while $1 was built" "make room under $CACHE and $(go env GOCACHE)"; fi
  if grep -qiE 'dial tcp|no such host|i/o timeout|TLS handshake|connection re(set|fused)|unexpected EOF' "$2"; then
    die "the Go modules of $1 could not be fetched" "check the network, or name a mirror: GOPROXY=https://… $0"
  fi
  if grep -qiE 'toolchain not available|requires go >=' "$2"; then die "this Go is too old for $1" "install a newer one (https://go.dev/doc/install)"; fi
  die "go could not build $1 (whole log: $2)" "read the lines above; hack/tools has the pins"
}

build() { # PROGRAM TOOL PACKAGE VERSION TARGET LABEL
  local log=$TOOLS/build-$1.log part=$5.part start=$SECONDS pid
  need_go "$2"
  need_disk 6000 "$(go env GOCACHE)"
  mkdir -p "$(dirname "$5")"
  say "$6 building $1 $4"
  (cd "$REPO/hack/tools/$2" && exec "${BUILD[@]}" -ldflags "-s -w$(version_flags "$2" "$4")" -o "$part" "$3") >"$log" 2>&1 &
  pid=$!
  while kill -0 $pid 2>/dev/null; do
    # `wait` with a clock: go ends, or 15 s pass and we tell how far it is.
    timeout 15 tail --pid=$pid -f /dev/null || say "$6 building $1: $(grep -cvE '^go: ' "$log") packages compiled, $((SECONDS - start)) s"
  done
  wait $pid || explain_failure "$1" "$log"
  has_version "$1" "$part" "$4" || die "$1 was built, but does not say that it is $4" "report it: hack/lib/tools.sh sets the version wrongly"
  mv -f "$part" "$5"
  rm -f "$log"
  say "$6 built $1 in $((SECONDS - start)) s"
}

link() { # FILE PROGRAM: in one step, so that nobody meets a missing program
  [ "$(readlink "$TOOLS_BIN/$2")" = "$1" ] && return 0
  ln -sfn "$1" "$TOOLS_BIN/.$2.new"
  mv -fT "$TOOLS_BIN/.$2.new" "$TOOLS_BIN/$2"
}

# ensure_tools [node | PROGRAM]: the programs of a cloud, or with them those of a node, or one.
ensure_tools() {
  local programs=$PROGRAMS program tool package module version file n=0 total
  case ${1:-} in '') ;; node) programs+=$NODE_PROGRAMS ;; *) programs=$(grep "^$1 " <<<"$PROGRAMS") ;; esac
  total=$(grep -c . <<<"$programs")
  mkdir -p "$TOOLS" "$TOOLS_BIN"
  exec 8>"$TOOLS/.lock"
  flock -n 8 || { say "another run builds the tools: waiting for it"; flock 8; }
  while read -r program tool package module; do
    [ -n "$program" ] || continue
    n=$((n + 1))
    version=$(pinned "$tool" "$module")
    file=$(built_in "$tool")/$program
    if [ ! -x "$file" ]; then
      file=$(installed "$program" "$version") || {
        file=$(built_in "$tool")/$program
        build "$program" "$tool" "$package" "$version" "$file" "[$n of $total]" 8>&-
      }
    fi
    link "$file" "$program"
  done <<<"$programs"
  exec 8>&-
  export MINICLOUD_TOOLS_BIN=$TOOLS_BIN
}

# copy_tools PROGRAM...: into the state folder, where an upgrade of the tools does not reach them.
copy_tools() {
  local tool
  for tool in "$@"; do
    cmp -s "$MINICLOUD_TOOLS_BIN/$tool" "$BIN/$tool" || { cp "$MINICLOUD_TOOLS_BIN/$tool" "$BIN/.new" && mv -f "$BIN/.new" "$BIN/$tool"; }
  done
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then
  case ${1:-} in
    '' | node) ensure_tools "$@" && say "tools: $TOOLS_BIN" ;;
    -h | --help) usage "$0" ;;
    *) die "unknown argument $1" "$0 --help" ;;
  esac
fi
