package io.minicloud.agent.proxy;

import io.minicloud.api.host.ProxySpec;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/**
 * What HAProxy reads of its targets when it starts: what was known of those that were there, and that those which are new are down until
 * a check says otherwise. Without it all would be taken for healthy.
 *
 * @see <a href="https://docs.haproxy.org/3.0/management.html#9.3-show%20servers%20state">show servers state</a>
 */
final class StateFile {
    /** Its name beside the configuration. */
    static final String NAME = "targets.state";

    private static final String HEADER = """
            1
            # be_id be_name srv_id srv_name srv_addr srv_op_state srv_admin_state srv_uweight srv_iweight \
            srv_time_since_last_change srv_check_status srv_check_result srv_check_health srv_check_state srv_agent_state \
            bk_f_forced_id srv_f_forced_id srv_fqdn srv_port srvrecord srv_use_ssl srv_check_port srv_check_addr \
            srv_agent_addr srv_agent_port
            """;

    private static final int BACKEND = 1;
    private static final int SERVER = 3;
    private static final int ADMIN_STATE = 6;
    private static final int FIELDS = 25;

    private StateFile() {}

    /**
     * The file.
     *
     * @param known what the running process says to {@code show servers state}; empty when there is none
     */
    static String render(ProxySpec spec, String known) {
        var rows = new HashMap<List<String>, String>();
        for (var line : known.lines().toList()) {
            var fields = line.split(" ");
            if (fields.length == FIELDS && !fields[0].startsWith("#")) {
                // Who got nothing and now does is new again.
                if (fields[ADMIN_STATE].equals("0")) {
                    rows.put(List.of(fields[BACKEND], fields[SERVER]), line);
                }
            }
        }
        return HEADER + body(spec, rows);
    }

    private static String body(ProxySpec spec, Map<List<String>, String> rows) {
        var text = new StringBuilder();
        var seen = new HashSet<String>();
        for (var group : spec.targetGroups()) {
            for (var target : group.targets()) {
                var name = TargetName.TARGET + TargetName.of(group, target);
                if (!TargetGroupRenderer.isDraining(target) && seen.add(group.targetGroupId() + name)) {
                    text.append(rows.getOrDefault(
                                    List.of(group.targetGroupId(), name),
                                    "0 %s 0 %s %s 0 0 1 1 0 1 0 0 6 0 0 0 - %d - 0 0 - - 0"
                                            .formatted(group.targetGroupId(), name, target.address(), target.port())))
                            .append('\n');
                }
            }
        }
        return text.toString();
    }
}
