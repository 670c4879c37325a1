# shellcheck shell=sh disable=SC2034 # it is sourced, and sets variables for its callers
# Sourced by ./headrace and ./dev: where Java is. Only the shell's own words, since every start of a broker passes here; a
# JDK tells its version in the file "release".

java_min=25

# find_java TOOL: sets java_home to a home whose bin/TOOL runs Java $java_min or later, or fails.
find_java() {
    if has_java "${JAVA_HOME:-}" "$1"; then
        return 0
    fi
    path_java=$(command -v java || true)
    if [ -n "$path_java" ]; then
        # A Debian's java is a link to a link to the real one.
        path_java=$(readlink -f "$path_java" 2>/dev/null || printf '%s' "$path_java")
        if has_java "${path_java%/bin/java}" "$1"; then
            return 0
        fi
    fi
    for candidate in /usr/lib/jvm/* /usr/java/* /usr/local/lib/jvm/* /opt/* /opt/java/* \
        "${HOME:-}"/.sdkman/candidates/java/* "${HOME:-}"/.jdks/* "${HOME:-}"/.local/share/mise/installs/java/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home "${HOME:-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        /opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home; do
        if has_java "$candidate" "$1"; then
            return 0
        fi
    done
    return 1
}

# has_java HOME TOOL: is this a home of Java $java_min or later? Sets java_home and java_version.
has_java() {
    [ -n "$1" ] && [ -x "$1/bin/$2" ] && [ -r "$1/release" ] || return 1
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            java_version=${value#\"}
            java_version=${java_version%\"*}
            major=${java_version%%[!0-9]*}
            java_home=$1
            [ "${major:-0}" -ge "$java_min" ]
            return
        fi
    done <"$1/release"
    return 1
}

# no_java: ends the script with what to install.
no_java() {
    say="$1 needs a JDK $java_min or later: install one (Debian: openjdk-25-jdk or temurin-25-jdk; macOS: brew install openjdk@25; any: https://adoptium.net) or set JAVA_HOME to where it is."
    printf '%s\n' "$say" >&2
    exit 1
}
