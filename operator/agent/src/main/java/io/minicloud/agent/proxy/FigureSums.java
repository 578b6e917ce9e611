package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxyStatus;
import io.minicloud.api.host.ProxyTargetGroup;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** From what the processes of a proxy counted to its figures. */
final class FigureSums {
    private static final double MILLIS = 1000;
    private static final Map<Figure, Count> OWN = Map.of(
            Figure.OWN_3XX, Count.OWN_3XX,
            Figure.OWN_500, Count.OWN_500,
            Figure.OWN_502, Count.OWN_502,
            Figure.OWN_503, Count.OWN_503,
            Figure.OWN_504, Count.OWN_504);
    private static final Map<Figure, Count> OF_GROUP = Map.of(
            Figure.REQUESTS, Count.CHOSEN,
            Figure.TARGET_2XX, Count.TARGET_2XX,
            Figure.TARGET_3XX, Count.TARGET_3XX,
            Figure.TARGET_4XX, Count.TARGET_4XX,
            Figure.TARGET_5XX, Count.TARGET_5XX);

    private static final Set<Count> TARGETS = EnumSet.range(Count.TARGET_2XX, Count.TARGET_5XX);

    private final FigureLedger ledger;
    private final Believed believed = new Believed();
    private final Map<String, Long> shared = new HashMap<>();
    private final Map<String, Double> perTarget = new HashMap<>();

    /**
     * Sums of a ledger.
     *
     * @param ledger what was counted
     */
    FigureSums(FigureLedger ledger) {
        this.ledger = ledger;
    }

    /** Of the whole proxy; to be asked once at each look. */
    Map<Figure, Double> whole() {
        var values = new EnumMap<Figure, Double>(Figure.class);
        OWN.forEach((figure, count) -> put(values, figure, ledger.sum(count, row -> true)));
        put(values, Figure.OWN_4XX, own(Count.OWN_4XX, Count.ANSWERED_4XX, Count.ROUTED_4XX));
        put(values, Figure.OWN_5XX, own(Count.OWN_5XX, Count.ANSWERED_5XX, Count.ROUTED_5XX));
        put(values, Figure.REDIRECTS, ledger.of(FigureTable.REDIRECTS, Count.CHOSEN));
        put(values, Figure.FIXED_RESPONSES, ledger.of(FigureTable.FIXED_RESPONSES, Count.CHOSEN));
        put(values, Figure.FAILED_HANDSHAKES, ledger.of("", Count.FAILED_HANDSHAKES));
        put(values, Figure.NEW_FLOWS, ledger.sum(Count.CHOSEN, FigureTable::isGroup));
        long made = ledger.sum(Count.ATTEMPTS, FigureTable::isGroup)
                + ledger.sum(Count.WITHOUT_TARGET, FigureTable::isGroup)
                - ledger.sum(Count.FAILED_ATTEMPTS, FigureTable::isGroup);
        put(values, Figure.NEW_CONNECTIONS, ledger.of("", Count.CONNECTIONS) + believed.of("made", made));
        return values;
    }

    /**
     * Of a target group; to be asked once at each look.
     *
     * @param health of all targets
     */
    Map<Figure, Double> group(ProxyTargetGroup group, ProxyStatus health) {
        var id = group.targetGroupId();
        var values = new EnumMap<Figure, Double>(Figure.class);
        OF_GROUP.forEach((figure, count) -> put(values, figure, ledger.of(id, count)));
        values.put(
                Figure.RESPONSES,
                TARGETS.stream().mapToDouble(count -> ledger.of(id, count)).sum());
        values.put(Figure.RESPONSE_SECONDS, ledger.of(id, Count.MILLISECONDS) / MILLIS);
        long failed = ledger.of(id, Count.FAILED_ATTEMPTS) - ledger.of(id, Count.WITHOUT_TARGET);
        put(values, Figure.FAILED_TARGET_CONNECTIONS, believed.of(id, failed));
        values.put(Figure.REQUESTS_PER_TARGET, perTarget(group, inState(id, health, TargetHealth.HEALTHY)));
        return values;
    }

    /** The targets of a group that are in a state. */
    static long inState(String group, ProxyStatus health, String state) {
        return health.targets().stream()
                .filter(target ->
                        target.targetGroupId().equals(group) && target.state().equals(state))
                .count();
    }

    /** What a rule chose is counted when it is answered; what was no request, by nobody else than the listener. */
    private long own(Count own, Count answered, Count routed) {
        long refused = ledger.of("", answered) - ledger.of("", routed);
        return ledger.sum(own, row -> true) + believed.of(own.name(), refused);
    }

    private double perTarget(ProxyTargetGroup group, long healthy) {
        var id = group.targetGroupId();
        long now = ledger.of(id, Count.CHOSEN);
        var before = shared.put(id, now);
        long targets = healthy > 0 ? healthy : Math.max(1, group.targets().size());
        return perTarget.merge(id, (double) (now - (before == null ? 0 : before)) / targets, Double::sum);
    }

    private static void put(Map<Figure, Double> values, Figure figure, long value) {
        values.put(figure, (double) value);
    }
}
