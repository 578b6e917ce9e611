# shellcheck shell=bash
# Where this machine gets its packages from. Source it; it starts nothing.

# mirrors DISTRIBUTION SUITE: its own mirrors of a suite, one line of a sources.list each; nothing when it has none.
mirrors() {
  # shellcheck disable=SC2016 # apt fills them in
  apt-get indextargets --format '$(ORIGIN)|$(CODENAME)|$(COMPONENT)|$(REPO_URI)|$(RELEASE)' 'Created-By: Packages' 2>/dev/null |
    awk -F'|' -v d="$1" -v s="$2" '$1 == d && $3 == "main" && ($2 == s || $2 == s "-updates" || $2 == s "-security") {print "deb " $4 " " $5 " main"}'
}
