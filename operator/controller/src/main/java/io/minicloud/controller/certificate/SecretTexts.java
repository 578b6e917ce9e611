package io.minicloud.controller.certificate;

import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** The values of a Secret as texts. */
public final class SecretTexts {
    private SecretTexts() {}

    /** The values by their keys. */
    public static Map<String, String> of(Secret secret) {
        var texts = new HashMap<String, String>();
        if (secret.getData() != null) {
            secret.getData()
                    .forEach((key, value) ->
                            texts.put(key, new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8)));
        }
        return texts;
    }
}
