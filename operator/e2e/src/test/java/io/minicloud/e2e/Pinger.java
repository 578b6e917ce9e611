package io.minicloud.e2e;

import java.time.Duration;
import java.util.regex.Pattern;

/**
 * A guest that asks another for echoes, as fast as answers come, and tells what its kernel counted. Its kernel, because the
 * socket of a ping that is not scheduled for a moment on a busy machine loses answers that have arrived. As answers come,
 * because asking by the clock goes on while a guest is not scheduled: then its tap's queue of 1,000 overflows (measured:
 * QEMU stopped for 0.8 s at 900 a second), and the guest that catches up discards answers beyond what its kernel's ICMP
 * socket may have on the way (its OutErrors; QEMU stopped for 0.5 s), none of which the network did. Without KVM two pings
 * ask about 1,700 times a second on two idle cores.
 *
 * @param time for how long it asks
 */
record Pinger(Duration time) {
    /** What it tells when the first of them leaves. */
    static final String BEGUN = "pinging";

    /** What it tells at the end. */
    static final String DONE = "answered";

    private static final Pattern TOLD = Pattern.compile("(pinging|answered) requests=(\\d+) replies=(\\d+)");

    /** Echoes a second that a guest asks for even on a machine that is busy otherwise; with fewer it did not work. */
    private static final int LEAST = 200;

    /** The commands of its user data. */
    String userData(String address) {
        return """
                told() { awk -v what=$1 '/^Icmp:/ { if (!n) { n = split($0, name) } else { for (i = 1; i <= n; i++) v[name[i]] = $i
                      print what, "requests=" v["OutEchos"], "replies=" v["InEchoReps"] } }' /proc/net/snmp; }
                    until ping -c 1 -W 1 %2$s >/dev/null; do sleep 1; done
                    told pinging
                    ping -A -q -w %1$d %2$s & ping -A -q -w %1$d %2$s & wait
                    sleep 1
                    told answered""".formatted(time.toSeconds(), address);
    }

    /** How many were asked for and never answered. */
    long lost(String console) {
        var asked = asked(console);
        if (asked < LEAST * time.toSeconds()) {
            throw new IllegalStateException("asked for only " + asked + " echoes: " + console);
        }
        return asked - told(console, 3);
    }

    /** How many were asked for. Each is two packets, if it is answered. */
    long asked(String console) {
        return told(console, 2);
    }

    private static long told(String console, int number) {
        var told = TOLD.matcher(console).results().toList();
        if (told.size() != 2) {
            throw new IllegalStateException(console);
        }
        return number(told.getLast().group(number)) - number(told.getFirst().group(number));
    }

    private static long number(String text) {
        return Long.parseLong(text);
    }
}
