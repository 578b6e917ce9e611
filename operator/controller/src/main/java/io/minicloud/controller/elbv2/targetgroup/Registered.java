package io.minicloud.controller.elbv2.targetgroup;

import io.minicloud.api.elbv2.TargetGroupStatus.Target;
import org.jspecify.annotations.Nullable;

/**
 * A target that the spec names and that may be one.
 *
 * @param target which one
 * @param address where it is reached; null: nowhere
 * @param state the state of an instance that is not reached; null: it is
 */
record Registered(
        Target target, @Nullable String address, @Nullable String state) {
    /** Who it is, whatever became of it. */
    String key() {
        return key(target);
    }

    static String key(Target target) {
        return target.id() + ":" + target.port();
    }
}
