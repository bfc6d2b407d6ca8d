# Far end of a connection: signals programs on the host, and ends them with the connection.
# usage: far_end.sh LINK; each program has CRMTUI_SESSION=LINK.NUMBER.PID in its environment, where PID
# is its first process, which leads a session. Lines on the standard input:
#   NUMBER end NAME      ends the program LINK.NUMBER (its NAME) and its children
#   NUMBER SIGNAL NAME   signals the children of that program, not itself; answers NUMBER COUNT

# Prints each process of one program with its first one. Processes outside of its session are daemons,
# which stay: ending them might stop a cluster.
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

# Hangs up, and kills the processes that are left after a second.
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
# Programs may end by themselves, and tidy up.
sleep 2
end "$1[.][0-9]+"
