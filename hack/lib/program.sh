# shellcheck shell=bash
# The operator as a program: what Maven makes of it. Source after common.sh.

export PROGRAM=$REPO/operator/app/target/quarkus-app
export JVM_OPTIONS=$REPO/hack/images/operator/jvm.options

# build_operator LOG: builds the program when a source is younger than it.
build_operator() {
  if [ -e "$PROGRAM/quarkus-run.jar" ] && [ -z "$(find "$REPO/pom.xml" "$REPO/operator" -path '*/target' -prune -o -type f -newer "$PROGRAM/quarkus-run.jar" -print -quit)" ]; then return 0; fi
  (cd "$REPO" && mvn -B -q -ntp package -DskipTests) >"$1" 2>&1 || {
    grep -m 5 ERROR "$1" >&2
    die 'the operator does not build' "whole log: $1"
  }
}

# digest_of PATH...: sixteen digits for the contents of files and folders.
digest_of() {
  local path
  for path in "$@"; do (cd "$(dirname "$path")" && find "${path##*/}" -type f -print0 | sort -z | xargs -0 sha256sum); done | sha256sum | cut -c1-16
}
