# supervise.sh FOLDER PROGRAM ARGUMENT... : runs the program for as long as standard input stays open.
# The pipe of the JVM closes however the JVM ends, kill -9 included, so neither process nor folder outlives it.
folder=$1
shift
"$@" >"$folder/$(basename "$1").log" 2>&1 </dev/null &
pid=$!
trap '' HUP INT TERM
cat >/dev/null
kill -9 "$pid" 2>/dev/null
wait "$pid" 2>/dev/null
rm -rf "$folder"
