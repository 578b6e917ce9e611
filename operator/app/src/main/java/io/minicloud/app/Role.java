package io.minicloud.app;

/** A brain of minicloud. */
public enum Role {
    /** Cloud API to host API. */
    CONTROLLER("io.minicloud.controller"),
    /** Host API to this machine. */
    AGENT("io.minicloud.agent");

    private final String code;

    Role(String code) {
        this.code = code;
    }

    /** Whether a class belongs to this brain. */
    public boolean owns(Class<?> type) {
        return type.getPackageName().equals(code) || type.getPackageName().startsWith(code + ".");
    }
}
