package io.minicloud.controller.pki;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.naming.ldap.Rdn;
import org.jspecify.annotations.Nullable;

/**
 * A certificate with what a server needs to use it. Two are equal when all parts are.
 *
 * @param certificate the certificate itself
 * @param intermediates those between it and the root, each of which signed the one before
 * @param root the self-signed one at the end; null when it is not known
 * @param key the private key
 */
public record ServerCertificate(
        X509Certificate certificate,
        List<X509Certificate> intermediates,
        @Nullable X509Certificate root,
        PrivateKey key) {
    /** The key of the certificate and its chain in a Secret, as Kubernetes names it. */
    public static final String CERTIFICATE = "tls.crt";

    /** The key of the private key in a Secret, as Kubernetes names it. */
    public static final String PRIVATE_KEY = "tls.key";

    /** The key of the root in a Secret. */
    public static final String ROOT = "ca.crt";

    private static final int DNS_NAME = 2;
    private static final int IP_ADDRESS = 7;

    /** What was written by {@link #content()}; empty when it is not that, or the key is another's. */
    public static Optional<ServerCertificate> parse(Map<String, String> content) {
        var chain = Pem.certificates(content.getOrDefault(CERTIFICATE, ""));
        var root = content.containsKey(ROOT)
                ? Pem.certificates(content.get(ROOT))
                : Optional.of(List.<X509Certificate>of());
        if (chain.isEmpty()
                || root.isEmpty()
                || !(Pem.privateKey(content.getOrDefault(PRIVATE_KEY, ""))
                        instanceof Pem.KeyText.Plain(PrivateKey key))) {
            return Optional.empty();
        }
        return Optional.of(new ServerCertificate(
                        chain.get().getFirst(),
                        chain.get().subList(1, chain.get().size()),
                        root.get().isEmpty() ? null : root.get().getFirst(),
                        key))
                .filter(ServerCertificate::keyFits);
    }

    /** As it stands in a Secret; the private key is in it. */
    public Map<String, String> content() {
        var chain = new ArrayList<X509Certificate>();
        chain.add(certificate);
        chain.addAll(intermediates);
        var content = new LinkedHashMap<String, String>();
        content.put(CERTIFICATE, Pem.write(chain));
        content.put(PRIVATE_KEY, Pem.write(key));
        if (root != null) {
            content.put(ROOT, Pem.write(List.of(root)));
        }
        return content;
    }

    /** Whether the private key is that of the certificate. */
    boolean keyFits() {
        var algorithm = key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256with" + key.getAlgorithm();
        var nonce = certificate.getSerialNumber().toByteArray();
        try {
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(nonce);
            var signature = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certificate.getPublicKey());
            verifier.update(nonce);
            return verifier.verify(signature);
        } catch (GeneralSecurityException e) {
            // A key of another kind than the certificate's.
            return false;
        }
    }

    /** The common name, or the first of the names when there is none; null without any. */
    public @Nullable String domainName() {
        try {
            return Stream.concat(
                            new LdapName(certificate.getSubjectX500Principal().getName())
                                    .getRdns().stream()
                                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                                            .map(Rdn::getValue)
                                            .map(Object::toString),
                            alternativeNames().stream())
                    .findFirst()
                    .orElse(null);
        } catch (InvalidNameException e) {
            throw new IllegalStateException("the JDK wrote a name that it cannot read", e);
        }
    }

    /** The names and addresses that it is good for. */
    public List<String> names() {
        var names = alternativeNames();
        var common = domainName();
        return names.isEmpty() && common != null ? List.of(common) : names;
    }

    /** Its serial number as AWS writes it: hexadecimal with colons. */
    public String serial() {
        return HexFormat.ofDelimiter(":")
                .formatHex(certificate.getSerialNumber().toByteArray());
    }

    /** Since when it is valid. */
    public Instant notBefore() {
        return certificate.getNotBefore().toInstant();
    }

    /** Until when it is valid. */
    public Instant notAfter() {
        return certificate.getNotAfter().toInstant();
    }

    /** Whether it is valid at a time. */
    public boolean isValid(Instant at) {
        return !at.isBefore(notBefore()) && !at.isAfter(notAfter());
    }

    /** Without the private key. */
    @Override
    public String toString() {
        return "ServerCertificate[" + certificate.getSubjectX500Principal() + ", " + serial() + "]";
    }

    private List<String> alternativeNames() {
        try {
            return Stream.ofNullable(certificate.getSubjectAlternativeNames())
                    .flatMap(Collection::stream)
                    .filter(name -> List.of(DNS_NAME, IP_ADDRESS).contains(name.get(0)))
                    .map(name -> name.get(1).toString())
                    .toList();
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }
}
