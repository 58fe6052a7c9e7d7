# harness.sh: what the shell scripts among the tests share. A script sources it, calls
# the checks, and ends with `finish`. $scratch is a fresh folder that is removed then.

passed=0 failed=0 skipped=0
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
output=$scratch/.output
export LC_ALL=C

pass() {
    passed=$((passed + 1))
}

fail() { # NAME WHY
    failed=$((failed + 1))
    printf 'FAILED %s: %s\n' "$1" "$2"
    sed 's/^/    /' "$output"
}

skip() { # NAME WHY
    skipped=$((skipped + 1))
    printf 'skipped %s: %s\n' "$1" "$2"
}

# Runs a command with all that it prints in $output.
capture() {
    "$@" > "$output" 2>&1 < /dev/null
}

# The command must succeed and print nothing.
silent() { # NAME COMMAND...
    name=$1
    shift
    if ! capture "$@"; then
        fail "$name" "ended with an error: $*"
    elif [ -s "$output" ]; then
        fail "$name" "printed something: $*"
    else
        pass
    fi
}

# The command must succeed and print this text.
prints() { # NAME TEXT COMMAND...
    name=$1 text=$2
    shift 2
    if ! capture "$@"; then
        fail "$name" "ended with an error: $*"
    elif ! grep -qF -e "$text" "$output"; then
        fail "$name" "did not print '$text'"
    else
        pass
    fi
}

# The command must end with this status and print each line of this text somewhere, and
# nothing that looks like a crash.
refuses() { # NAME STATUS TEXT COMMAND...
    name=$1 status=$2 text=$3
    shift 3
    got=0
    capture "$@" || got=$?
    if [ "$got" != "$status" ]; then
        fail "$name" "ended with $got instead of $status: $*"
        return
    fi
    if grep -qiE 'stack dump|segmentation|internal compiler error|bug report' "$output"; then
        fail "$name" "crashed: $*"
        return
    fi
    printf '%s\n' "$text" > "$scratch/.wanted"
    while IFS= read -r line; do
        if ! grep -qF -e "$line" "$output"; then
            fail "$name" "did not print '$line'"
            return
        fi
    done < "$scratch/.wanted"
    pass
}

have() {
    command -v "$1" > /dev/null 2>&1
}

finish() {
    printf '%d passed, %d failed, %d skipped\n' "$passed" "$failed" "$skipped"
    [ "$failed" = 0 ] && [ "$passed" != 0 ]
    exit
}
