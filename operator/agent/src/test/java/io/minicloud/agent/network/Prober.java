package io.minicloud.agent.network;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Asks all probes at once and judges them by what guests hear. Each has a number that no other has, in its source port where it has
 * one, so none profits from the tracked flow of another. The kernel of a guest answers TCP, if only by a reset, and ICMP;
 * the rest is answered here.
 */
final class Prober {
    /** Nobody hears anything for so long: enough for a packet that the kernel passes on without any process. */
    private static final int GRACE_MS = 200;

    /** The same while a packet that should arrive has not. */
    private static final int PATIENCE_MS = 1000;

    private static final int LAST_EPHEMERAL = 60_999;
    private static final int BEGINNINGS = 5_000;

    private final Map<String, RawSocket> guests;
    private int ephemeral = Packet.EPHEMERAL + ThreadLocalRandom.current().nextInt(BEGINNINGS);
    private int low = Packet.LOW + ThreadLocalRandom.current().nextInt(BEGINNINGS);

    /**
     * A prober.
     *
     * @param guests an open socket in each, by name
     */
    Prober(Map<String, RawSocket> guests) {
        this.guests = guests;
    }

    /** What was asked and who heard of it. */
    private record Flight(Probe probe, Set<String> heard, Set<String> answered) {
        Flight(Probe probe) {
            this(probe, new HashSet<>(), new HashSet<>());
        }

        Verdict seen() {
            boolean answer = answered.contains(probe.from());
            if (probe.to().equals(MatrixNetwork.NOBODY)) {
                return answer || !heard.isEmpty() ? Verdict.PASS : Verdict.DROP;
            }
            if (!heard.contains(probe.to())) {
                return Verdict.DROP;
            }
            return answer ? Verdict.PASS : Verdict.MUTE;
        }

        boolean isOpen() {
            return seen().compareTo(probe.expected()) > 0;
        }
    }

    /** The probes that came out otherwise than expected, each with what was seen. */
    List<String> mistakes(List<Probe> probes) {
        var flights = new HashMap<Integer, Flight>();
        for (var probe : probes) {
            var sent = new Datagram(probe.source(), probe.destination(), probe.packet(), number(probe.packet()), false);
            flights.put(sent.number(), new Flight(probe));
            guests.get(probe.from()).send(sent.bytes());
            listen(flights);
        }
        var sockets = List.copyOf(guests.values());
        while (RawSocket.await(sockets, flights.values().stream().anyMatch(Flight::isOpen) ? PATIENCE_MS : GRACE_MS)) {
            listen(flights);
        }
        return flights.values().stream()
                .filter(flight -> flight.seen() != flight.probe().expected())
                .map(flight -> "%s: expected %s, seen %s, though: %s"
                        .formatted(
                                flight.probe(),
                                flight.probe().expected(),
                                flight.seen(),
                                flight.probe().because()))
                .sorted()
                .toList();
    }

    private int number(Packet packet) {
        if (packet.sourcePort() == Packet.LOW) {
            return low++;
        }
        ephemeral = ephemeral == LAST_EPHEMERAL ? Packet.EPHEMERAL : ephemeral + 1;
        return ephemeral;
    }

    private void listen(Map<Integer, Flight> flights) {
        guests.forEach((guest, socket) -> {
            for (var bytes = socket.receive(); bytes.isPresent(); bytes = socket.receive()) {
                var datagram = Datagram.of(bytes.get());
                var flight = flights.get(datagram.number());
                if (flight != null
                        && flight.probe().packet().protocol()
                                == datagram.packet().protocol()) {
                    hear(guest, socket, datagram, flight);
                }
            }
        });
    }

    private static void hear(String guest, RawSocket socket, Datagram datagram, Flight flight) {
        if (datagram.answer()) {
            flight.answered().add(guest);
            return;
        }
        int protocol = datagram.packet().protocol();
        if (flight.heard().add(guest) && protocol != Packet.TCP && protocol != Packet.ICMP) {
            socket.send(datagram.reply().bytes());
        }
    }
}
