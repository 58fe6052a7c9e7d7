#!/bin/sh
# Usage: trim-symbols.sh NM READELF OBJCOPY OWN WHOLE OTHER RESULT
#
# The runtime is linked into other people's programs as two prelinked objects,
# and a name that both of them don't need must be free for the program to use.
# Copies WHOLE, a prelinked object, to RESULT with every global symbol made local,
# but those
#   of default visibility in OWN, which is WHOLE without the libraries in it:
#     the public thimble_*, the interposed malloc family; and main
#   that OTHER, the other half of the runtime, refers to.
# All code becomes part of one section, thimble_text, so that the runtime can tell its own
# from the program's: for a name like that the linker tells where a section begins and ends.
set -eu
nm=$1 readelf=$2 objcopy=$3 own=$4 whole=$5 other=$6 result=$7

list=$result.symbols
trap 'rm -f "$list"' EXIT
{
    echo main
    "$readelf" -sW "$own" |
        awk '$5 != "LOCAL" && $6 == "DEFAULT" && $7 != "UND" && $8 != "" { print $8 }'
    "$nm" -u -P "$other" | awk '$1 ~ /^_?thimble_/ { print $1 }'
} > "$list"
code=$("$readelf" -SW "$whole" | sed -n 's/.* \(\.text[^ ]*\) .*/--rename-section=\1=thimble_text/p')
# shellcheck disable=SC2086 # words
"$objcopy" --keep-global-symbols="$list" $code "$whole" "$result"
