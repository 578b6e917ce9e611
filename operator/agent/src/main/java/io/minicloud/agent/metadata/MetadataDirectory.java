package io.minicloud.agent.metadata;

/** What the metadata service knows of the machines here. */
public interface MetadataDirectory {
    /** Makes a machine's metadata known, or replaces what was known. */
    void publish(InstanceMetadata metadata);

    /** Forgets a machine; nothing happens when it is not known. */
    void withdraw(String instanceId);
}
