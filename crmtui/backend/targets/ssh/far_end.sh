# Stands at the far end of a connection, reaches what was started there, and ends it with the connection.
# usage: far_end.sh LINK; each program has CRMTUI_SESSION=LINK.NUMBER.PID in its environment, where PID is
# the process that it began as, which leads a session. It reads lines:
#   NUMBER end NAME      ends the program LINK.NUMBER (its NAME) and all that it has started
#   NUMBER SIGNAL NAME   signals what that program has started, not itself; answers NUMBER COUNT

# Prints the processes of one program, and which of them it began as. What has left its session is a
# daemon by now and not meant: ending it with us might stop a cluster.
started() {
    grep -szHoE "^CRMTUI_SESSION=$1[.][0-9]+\$" /proc/[0-9]*/environ | tr '\0' '\n' |
        while read -r found; do
            pid=${found#/proc/} leader=${found##*.}
            pid=${pid%%/*}
            read -r stat 2>/dev/null <"/proc/$pid/stat" || continue
            set -- ${stat##*) }
            [ "$4" = "$leader" ] && echo "$pid $leader"
        done
}

# Hangs up, and kills what is still there after a second.
end() {
    for each in HUP KILL; do
        started "$1" | while read -r pid _; do kill -s "$each" "$pid"; done
        [ "$each" = KILL ] || sleep 1
    done
}

trap '' HUP
exec 2>/dev/null
echo crmtui-ready
while read -r number verb name; do
    if [ "$verb" = end ]; then
        end "$name" >/dev/null &
        continue
    fi
    count=$(started "$name" | while read -r pid leader; do
        if [ "$pid" != "$leader" ] && kill -s "$verb" "$pid"; then echo "$pid"; fi
    done | grep -c .)
    echo "$number $count"
done
exec >/dev/null
# What ends by itself, and tidies up, may do so.
sleep 2
end "$1[.][0-9]+"
