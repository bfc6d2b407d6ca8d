# Session of a command on a host, in the first connection with room for one more session.
# usage: session.sh FOLDER HOST COMMAND, where FOLDER has the sockets of the connections.
#
# sshd limits the sessions of one connection (sshd_config(5), MaxSessions). A refused ssh tries to
# connect by itself with its ProxyCommand, which notes the refusal and ends. ssh has not read its input
# by then, so the next connection can be tried. A line in "wanted" asks for a further connection.
folder=$1 host=$2 command=$3
refused=$folder/refused.$$
until=
while :; do
    for socket in "$folder"/*.socket; do
        # Never an own connection, which might ask for a password on the terminal of the screen.
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
        echo "$host allows no more sessions (MaxSessions of its sshd), and no further connection." >&2
        exit 75 # EX_TEMPFAIL of sysexits.h
    fi
    echo >"$folder/wanted"
    sleep 0.1
done
