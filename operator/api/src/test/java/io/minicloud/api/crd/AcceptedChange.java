package io.minicloud.api.crd;

import com.fasterxml.jackson.core.type.TypeReference;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A change since the last release that is reported as incompatible and is wanted all the same.
 *
 * @param change the kind and the break, as the test tells it
 * @param why what becomes of the objects and manifests that it concerns
 */
record AcceptedChange(String change, String why) {
    private static final TypeReference<List<AcceptedChange>> LIST = new TypeReference<>() {};

    static List<AcceptedChange> read(Path file) {
        try {
            return new KubernetesSerialization().unmarshal(Files.readString(file), LIST);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
