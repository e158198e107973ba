# Shared by the shell scripts: how they speak, and how they get what is missing. Sourced, never run.

# say MESSAGE: one line on standard error, so that it never mixes with what a script prints as its answer.
say() { printf '%s\n' "$*" >&2; }

# give_up MESSAGE: the sentence that says what to do, and the end.
give_up() {
    say "$*"
    exit 1
}

# apt_install PACKAGE…: install Debian packages when that is possible (root, apt-get); otherwise fail quietly.
apt_install() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null || return 1
    say "Installing $* with apt-get …"
    export DEBIAN_FRONTEND=noninteractive
    # The list of packages may be old, or empty on a new machine: then it is fetched first.
    apt-get install -y -qq --no-install-recommends "$@" >/dev/null 2>&1 ||
        { apt-get update -qq >/dev/null && apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
}
