#!/usr/bin/env bash
# Install what the project needs on Debian 12 or 13: system packages, .venv, territory reference.
# Run as root or with sudo; idempotent, and resumable after an interrupted run.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'setup: %s\n' "$*"; }
stop() { printf 'setup: %s\n' "$*" >&2; exit 1; }

readonly venv=.venv
readonly territories=build/reference/territories.npz
readonly backports_list=/etc/apt/sources.list.d/resorption-backports.sources

debian_version() {
    [ -r /etc/os-release ] || stop "this system is unknown; the set-up knows Debian 12 and Debian 13."
    # shellcheck source=/dev/null
    . /etc/os-release
    case "${ID:-}:${VERSION_ID:-}" in
        debian:12 | debian:13) echo "$VERSION_ID" ;;
        *) stop "the set-up knows Debian 12 and Debian 13, not ${PRETTY_NAME:-this system}; use one of them, or a container of one." ;;
    esac
}

wanted_packages() { sed -e 's/#.*//' -e 's/^backports://' -e '/^[[:space:]]*$/d' tools/debian-packages.txt; }
backported_packages() { sed -n 's/^backports://p' tools/debian-packages.txt; }

# One package a line, for those that dpkg does not hold installed and configured.
missing_packages() {
    comm -23 <(wanted_packages | sort) \
        <(dpkg-query -W -f='${db:Status-Abbrev} ${Package}\n' 2>/dev/null | sed -n 's/^ii *//p' | sort -u)
}

qgis_too_old() { dpkg --compare-versions "$(dpkg-query -W -f='${Version}' qgis 2>/dev/null || echo 0)" lt 3.40; }

has_backports() { apt-get indextargets --format '$(RELEASE)' | grep -qx 'bookworm-backports'; }

# The mirror the machine already uses for bookworm, so that no host is named here.
debian_mirror() {
    apt-get indextargets --format '$(RELEASE) $(REPO_URI)' | sed -n 's/^bookworm //p' | head -n 1
}

backports_source() {
    local mirror keyring=/usr/share/keyrings/debian-archive-keyring.gpg
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || stop "apt has no source for Debian bookworm; add one, then run make setup again."
    printf 'Types: deb\nURIs: %s\nSuites: bookworm-backports\nComponents: main\n' "$mirror"
    if [ -e "$keyring" ]; then printf 'Signed-By: %s\n' "$keyring"; fi
}

# How to become root: "" when root already, "sudo", or failure.
elevation() {
    if [ "$(id -u)" = 0 ]; then echo ""; return; fi
    command -v sudo >/dev/null || return 1
    if [ -t 0 ] || sudo -n true 2>/dev/null; then echo sudo; else return 1; fi
}

explain_and_stop() {
    {
        echo "setup: system packages are missing, and neither root nor sudo is at hand. As root, run:"
        if [ "$1" = 12 ] && ! has_backports; then
            printf "\n    cat > %s <<'EOF'\n%s\nEOF\n" "$backports_list" "$(backports_source)"
        fi
        printf '\n    apt-get update\n'
        install_commands "$1" | sed 's/^/    /'
        printf '\nthen run make setup again.\n'
    } >&2
    exit 1
}

# One apt-get command a line: QGIS with the libraries it brings, then the rest.
install_commands() {
    local base="apt-get install -y -q --no-install-recommends -o DPkg::Lock::Timeout=600"
    local from=""
    if [ "$1" = 12 ]; then from="-t bookworm-backports "; fi
    echo "$base $from$(backported_packages | tr '\n' ' ')"
    echo "$base $(wanted_packages | grep -vxF "$(backported_packages)" | tr '\n' ' ')"
}

install_packages() {
    local debian=$1 root command
    root=$(elevation) || explain_and_stop "$debian"
    if [ "$debian" = 12 ] && ! has_backports; then
        say "adding bookworm-backports to apt's sources"
        backports_source | $root tee "$backports_list" >/dev/null
    fi
    say "installing Debian packages (QGIS, PostGIS, Xvfb): some minutes on a new machine"
    $root dpkg --configure -a
    $root apt-get update -q -o DPkg::Lock::Timeout=600
    install_commands "$debian" | while read -r command; do
        # shellcheck disable=SC2086 - the words of the command are meant to be split
        $root env DEBIAN_FRONTEND=noninteractive $command </dev/null
    done
}

# What .venv and the territories were made from: when it changes, they are made again.
venv_fingerprint() {
    {
        cat requirements-dev.txt
        declare -f make_venv
        /usr/bin/python3 -c 'import sys, numpy; print(sys.version, numpy.__version__)'
    } | sha256sum
}
territories_fingerprint() { cat requirements-data.txt tools/pack_territories.py | sha256sum; }

is_current() { [ -s "$1" ] && [ "$(cat "$1.made-from" 2>/dev/null)" = "$2" ]; }

make_venv() {
    rm -f "$venv/pyvenv.cfg.made-from"
    if ! "$venv/bin/python" -c 'import sys; sys.exit(sys.base_prefix != "/usr")' 2>/dev/null; then
        say "making $venv from /usr/bin/python3"
        /usr/bin/python3 -m venv --clear --system-site-packages "$venv"
    fi
    say "installing the pinned Python packages"
    # GDAL and scipy of the system are built for the system's numpy: pip must not put another one in front of it.
    /usr/bin/python3 -c 'import numpy; print(f"numpy=={numpy.__version__}")' >"$venv/constraints.txt"
    "$venv/bin/python" -m pip install -q --disable-pip-version-check \
        -c "$venv/constraints.txt" -r requirements-dev.txt </dev/null
    # The system's pyproj looks for PROJ's data beside the interpreter's prefix, which in a .venv is not /usr.
    mkdir -p "$venv/share"
    ln -sfn /usr/share/proj "$venv/share/proj"
}

# Two set-ups at once would install over each other.
mkdir -p build
exec 9>build/.setup.lock
flock 9

debian=$(debian_version)
if [ -n "$(missing_packages)" ] || qgis_too_old; then install_packages "$debian"; fi
made_from=$(venv_fingerprint)
if ! is_current "$venv/pyvenv.cfg" "$made_from"; then
    make_venv
    echo "$made_from" >"$venv/pyvenv.cfg.made-from"
fi
made_from=$(territories_fingerprint)
if ! is_current "$territories" "$made_from"; then
    say "packing the communes and departments"
    "$venv/bin/python" tools/pack_territories.py "$territories" </dev/null
    echo "$made_from" >"$territories.made-from"
fi
if ! [ build/i18n/resorption_fr.qm -nt i18n/resorption_fr.ts ]; then
    "$venv/bin/python" tools/translations.py --compile </dev/null
fi
