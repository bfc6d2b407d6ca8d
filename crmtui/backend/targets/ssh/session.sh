# Runs a command on a host, in the first of the connections that has room for one more session.
# usage: session.sh FOLDER HOST COMMAND, where FOLDER holds the sockets of the connections.
#
# sshd lets only so many sessions into one connection (sshd_config(5), MaxSessions). An ssh that is
# refused goes on to connect by itself, with its ProxyCommand, which takes note of that and ends. Nothing
# of its input has been read then, so it can be tried again. A connection more is asked for in "wanted".
folder=$1 host=$2 command=$3
refused=$folder/refused.$$
until=
while :; do
    for socket in "$folder"/*.socket; do
        # Never a connection of its own: that might ask for a password on the terminal of the screen.
        ssh -S "$socket" -t -o ControlMaster=no -o BatchMode=yes -o LogLevel=QUIET \
            -o "ProxyCommand=touch '$refused'" "$host" "$command"
        status=$?
        [ -e "$refused" ] || exit $status
        rm -f "$refused"
    done
    if ! ssh -S "$folder/0.socket" -O check "$host" 2>/dev/null; then
        echo "The connection to $host is lost." >&2
        exit 255
    fi
    now=$(date +%s)
    if [ "$now" -gt "${until:=$((now + 8))}" ]; then
        echo "$host lets no more sessions in (MaxSessions of its sshd), and no further connection." >&2
        exit 75 # EX_TEMPFAIL of sysexits.h
    fi
    echo >"$folder/wanted"
    sleep 0.1
done
