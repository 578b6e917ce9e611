package io.minicloud.app.observe;

import io.quarkus.logging.LoggingFilter;
import java.util.Map;
import java.util.TreeMap;
import java.util.logging.Filter;
import java.util.logging.LogRecord;
import org.jboss.logmanager.ExtLogRecord;

/**
 * Names the fields of a line as people look for them: {@code kind}, {@code namespace} and {@code name} of the object of
 * the pass. What else the framework sets is left out; its threads inherit the fields of the event that made them, so
 * they name another object.
 */
@LoggingFilter(name = "pass-fields")
public final class PassFields implements Filter {
    private static final String OBJECT = "resource.";
    private static final Map<String, String> NAMES =
            Map.of(OBJECT + "kind", "kind", OBJECT + "namespace", "namespace", OBJECT + "name", "name");
    // The framework's word for objects of the cluster.
    private static final String NO_NAMESPACE = "no namespace";

    @Override
    public boolean isLoggable(LogRecord line) {
        if (line instanceof ExtLogRecord structured) {
            structured.setMdc(fields(structured.getMdcCopy()));
        }
        return true;
    }

    static Map<String, String> fields(Map<String, String> context) {
        var fields = new TreeMap<String, String>();
        context.forEach((key, value) -> {
            if (NAMES.containsKey(key)) {
                fields.put(NAMES.get(key), value);
            } else if (!key.contains(".")) {
                fields.put(key, value);
            }
        });
        fields.remove("namespace", NO_NAMESPACE);
        return fields;
    }
}
