package io.minicloud.controller.pki;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMEncryptedKeyPair;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** PEM texts, read and written. */
final class Pem {
    private Pem() {}

    /** What stands where a private key should. */
    sealed interface KeyText {
        /** A key that can be read. */
        record Plain(PrivateKey key) implements KeyText {
            @Override
            public String toString() {
                return "Plain[a private key]";
            }
        }

        /** A key that wants a passphrase. */
        record Encrypted() implements KeyText {}

        /** No key, or more than one. */
        record Malformed() implements KeyText {}
    }

    /** The certificates of a text, in order; empty when it holds anything else or cannot be read. */
    static Optional<List<X509Certificate>> certificates(String text) {
        var found = new ArrayList<X509Certificate>();
        for (var object : objects(text)) {
            if (!(object instanceof X509CertificateHolder holder)) {
                return Optional.empty();
            }
            var certificate = certificate(holder);
            if (certificate.isEmpty()) {
                return Optional.empty();
            }
            found.add(certificate.get());
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(found);
    }

    /** The private key of a text: PKCS #8, or PKCS #1 and SEC 1 as OpenSSL writes them. */
    static KeyText privateKey(String text) {
        // openssl ecparam writes the curve before the key.
        var keys = objects(text).stream()
                .map(Pem::privateKey)
                .flatMap(Optional::stream)
                .toList();
        return keys.size() == 1 ? keys.getFirst() : new KeyText.Malformed();
    }

    /** Certificates one after the other. */
    static String write(List<X509Certificate> certificates) {
        return certificates.stream()
                .map(certificate -> {
                    try {
                        return write("CERTIFICATE", certificate.getEncoded());
                    } catch (CertificateException e) {
                        throw new IllegalStateException("a certificate that was read cannot be written", e);
                    }
                })
                .collect(Collectors.joining());
    }

    /** A private key as PKCS #8. */
    static String write(PrivateKey key) {
        return write("PRIVATE KEY", key.getEncoded());
    }

    private static String write(String type, byte[] content) {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException e) {
            throw new IllegalStateException("a text in memory cannot be written", e);
        }
        return text.toString();
    }

    /** Everything that stands in a text; nothing when any of it cannot be read. */
    private static List<Object> objects(String text) {
        try (var parser = new PEMParser(new StringReader(text))) {
            var found = new ArrayList<>();
            for (var object = parser.readObject(); object != null; object = parser.readObject()) {
                found.add(object);
            }
            return found;
        } catch (IOException | RuntimeException e) {
            // What strangers wrote makes the parser throw in many ways; all of them mean that it is no PEM.
            return List.of();
        }
    }

    private static Optional<X509Certificate> certificate(X509CertificateHolder holder) {
        try {
            return Optional.of((X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(new ByteArrayInputStream(holder.getEncoded())));
        } catch (IOException | CertificateException e) {
            return Optional.empty();
        }
    }

    private static Optional<KeyText> privateKey(Object object) {
        return switch (object) {
            case PEMKeyPair pair -> Optional.of(plain(Objects.requireNonNull(pair.getPrivateKeyInfo())));
            case PrivateKeyInfo info -> Optional.of(plain(info));
            case PEMEncryptedKeyPair _ -> Optional.of(new KeyText.Encrypted());
            case PKCS8EncryptedPrivateKeyInfo _ -> Optional.of(new KeyText.Encrypted());
            default -> Optional.empty();
        };
    }

    private static KeyText plain(PrivateKeyInfo info) {
        try {
            return new KeyText.Plain(new JcaPEMKeyConverter().getPrivateKey(info));
        } catch (IOException e) {
            return new KeyText.Malformed();
        }
    }
}
