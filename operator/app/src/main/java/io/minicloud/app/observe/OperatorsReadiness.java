package io.minicloud.app.observe;

import io.javaoperatorsdk.operator.Operator;
import io.minicloud.app.role.Operators;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Ready when every brain of this process has started and none of its informers is ill. */
@Readiness
@ApplicationScoped
public class OperatorsReadiness implements HealthCheck {
    private final Operators operators;

    /**
     * A check.
     *
     * @param operators what is asked
     */
    public OperatorsReadiness(Operators operators) {
        this.operators = operators;
    }

    @Override
    public HealthCheckResponse call() {
        var running = operators.running();
        var response = HealthCheckResponse.named("operators")
                .status(!running.isEmpty() && running.stream().allMatch(OperatorsReadiness::healthy));
        running.forEach(operator -> operator.getRuntimeInfo()
                .unhealthyEventSources()
                .forEach((controller, sources) -> response.withData(controller, String.join(",", sources.keySet()))));
        return response.build();
    }

    private static boolean healthy(Operator operator) {
        var info = operator.getRuntimeInfo();
        return info.isStarted() && info.allEventSourcesAreHealthy();
    }
}
