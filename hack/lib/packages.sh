# shellcheck shell=bash
# Debian packages and the JDK. Source after common.sh.

# What runs and proves a cloud: hypervisor, containers, network, images, clients.
PACKAGES=(
  qemu-system-x86 qemu-utils libvirt-daemon libvirt-daemon-driver-qemu libvirt-clients
  podman runc conmon debian-archive-keyring
  nftables dnsmasq-base iproute2 procps conntrack tcpdump socat curl
  busybox-static cpio mmdebstrap openssl jq git maven ca-certificates
)

# install_packages: installs what is missing and appends the names to the file $PACKAGE_RECORD, if that is set.
install_packages() {
  local package missing=() log
  for package in "${PACKAGES[@]}"; do
    dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null | grep -qx installed || missing+=("$package")
  done
  [ ${#missing[@]} -gt 0 ] || return 0
  command -v apt-get >/dev/null || die "there is no apt-get, and these packages are missing: ${missing[*]}" "install them with this system's own tool (minicloud is tested on Debian)"
  say "installing packages: ${missing[*]}"
  log=$(mktemp)
  if ! { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"; } >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    die "apt-get could not install: ${missing[*]} (whole log: $log)" "repair what the lines above complain about, most often the network or another apt-get that runs"
  fi
  rm -f "$log"
  [ -z "${PACKAGE_RECORD:-}" ] || printf '%s\n' "${missing[@]}" >>"$PACKAGE_RECORD"
}

# choose_jdk: exports JAVA_HOME of a JDK 25 out of the usual folders.
choose_jdk() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/*; do
    if [ -x "$home/bin/javac" ] && grep -qs '^JAVA_VERSION="25[".]' "$home/release"; then
      export JAVA_HOME=$home PATH=$home/bin:$PATH
      return 0
    fi
  done
  die "there is no JDK 25 under /usr/lib/jvm, /opt or in JAVA_HOME" \
    "install openjdk-25-jdk-headless (Debian 13, Ubuntu) or temurin-25-jdk (Debian 12, from adoptium.net), or set JAVA_HOME"
}
