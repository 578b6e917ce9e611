package io.minicloud.controller.pki;

import io.minicloud.reconcile.resolve.Resolution;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Judges what somebody wants to import, as ACM does. Pure.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html">Prerequisites for
 *     importing ACM certificates</a>
 */
public final class CertificateImport {
    private static final Pattern BROKEN_DIGEST = Pattern.compile("(MD2|MD5|SHA1)WITH.*");
    private static final int X509_V3 = 3;

    private final Map<String, String> content;
    private final Instant now;

    private CertificateImport(Map<String, String> content, Instant now) {
        this.content = content;
        this.now = now;
    }

    /**
     * Whether it can serve, and as what: the intermediates after the certificate, the root apart.
     *
     * @param content the texts of a Secret: {@code tls.crt}, {@code tls.key} and, where there is one, {@code ca.crt}
     * @param now the time at which it must be valid
     */
    public static Resolution<ServerCertificate> judge(Map<String, String> content, Instant now) {
        var wanted = new CertificateImport(content, now);
        return wanted.read().then(wanted::soundKey).then(wanted::inTime).then(wanted::chained);
    }

    private Resolution<ServerCertificate> read() {
        var own = Pem.certificates(content.getOrDefault(ServerCertificate.CERTIFICATE, ""));
        if (own.isEmpty()) {
            return refuse(
                    ImportReason.CertificateMalformed,
                    "tls.crt is no PEM of certificates: put the certificate there and its chain after it");
        }
        var more = Pem.certificates(content.getOrDefault(ServerCertificate.ROOT, ""));
        if (more.isEmpty() && !content.getOrDefault(ServerCertificate.ROOT, "").isBlank()) {
            return refuse(
                    ImportReason.CertificateChainInvalid,
                    "ca.crt is no PEM of certificates: put the end of the chain there, or leave it out");
        }
        return switch (Pem.privateKey(content.getOrDefault(ServerCertificate.PRIVATE_KEY, ""))) {
            case Pem.KeyText.Malformed() ->
                refuse(ImportReason.PrivateKeyMalformed, "tls.key is no PEM of one private key: put the key there");
            case Pem.KeyText.Encrypted() ->
                refuse(
                        ImportReason.PrivateKeyEncrypted,
                        "the private key is encrypted: take the passphrase off, as by openssl pkey -in FILE");
            case Pem.KeyText.Plain(PrivateKey key) ->
                new Resolution.Resolved<>(assemble(own.get(), more.orElse(List.of()), key));
        };
    }

    /** What stands in both texts stands once in the chain. */
    private static ServerCertificate assemble(List<X509Certificate> own, List<X509Certificate> more, PrivateKey key) {
        var all = Stream.concat(own.stream(), more.stream()).distinct().toList();
        var last = all.getLast();
        var hasRoot = all.size() > 1 && isSelfSigned(last);
        return new ServerCertificate(
                all.getFirst(), all.subList(1, hasRoot ? all.size() - 1 : all.size()), hasRoot ? last : null, key);
    }

    private Resolution<ServerCertificate> soundKey(ServerCertificate found) {
        var certificate = found.certificate();
        if (certificate.getVersion() != X509_V3 || found.domainName() == null) {
            return refuse(
                    ImportReason.CertificateMalformed,
                    "the certificate must be of X.509 version 3 and name a domain: have another one issued");
        }
        if (KeyAlgorithm.of(certificate.getPublicKey()).isEmpty()) {
            return refuse(
                    ImportReason.UnsupportedKeyAlgorithm,
                    "the key of the certificate is none of %s: have one issued for such a key"
                            .formatted(String.join(", ", KeyAlgorithm.awsNames())));
        }
        if (isBroken(certificate)) {
            return refuse(
                    ImportReason.UnsupportedSignatureAlgorithm,
                    "the certificate is signed with %s, which clients refuse: have it issued with SHA-256 or better"
                            .formatted(certificate.getSigAlgName()));
        }
        return found.keyFits()
                ? new Resolution.Resolved<>(found)
                : refuse(
                        ImportReason.PrivateKeyMismatch,
                        "the private key does not match the certificate: put the key into tls.key that it was issued"
                                + " for, and the certificate first into tls.crt, before its chain");
    }

    private Resolution<ServerCertificate> inTime(ServerCertificate found) {
        for (var part : path(found)) {
            if (now.isAfter(part.getNotAfter().toInstant())) {
                return refuse(
                        ImportReason.CertificateExpired,
                        "%s expired at %s: import one that is valid"
                                .formatted(name(part), part.getNotAfter().toInstant()));
            }
            if (now.isBefore(part.getNotBefore().toInstant())) {
                return new Resolution.Waiting<>(
                        ImportReason.CertificateNotYetValid,
                        "ValidationException: %s is valid from %s: it is imported then, or import one that is valid"
                                .formatted(name(part), part.getNotBefore().toInstant()));
            }
        }
        return new Resolution.Resolved<>(found);
    }

    /** Each must certify the one before it; the root may be missing. */
    private Resolution<ServerCertificate> chained(ServerCertificate found) {
        var path = path(found);
        if (path.size() == 1) {
            return new Resolution.Resolved<>(found);
        }
        try {
            var anchor = new TrustAnchor(path.getLast(), null);
            var parameters = new PKIXParameters(Set.of(anchor));
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(now));
            CertPathValidator.getInstance("PKIX")
                    .validate(
                            CertificateFactory.getInstance("X.509").generateCertPath(path.subList(0, path.size() - 1)),
                            parameters);
            return new Resolution.Resolved<>(found);
        } catch (GeneralSecurityException e) {
            return refuse(
                    ImportReason.CertificateChainInvalid,
                    "the chain is not valid (%s): after the certificate put the one that signed it, then that one's signer, and so on"
                            .formatted(e.getMessage()));
        }
    }

    private static List<X509Certificate> path(ServerCertificate found) {
        var path = new ArrayList<X509Certificate>();
        path.add(found.certificate());
        path.addAll(found.intermediates());
        if (found.root() != null) {
            path.add(found.root());
        }
        return path;
    }

    private static boolean isSelfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static boolean isBroken(X509Certificate certificate) {
        return BROKEN_DIGEST
                .matcher(certificate.getSigAlgName().toUpperCase(Locale.ROOT))
                .matches();
    }

    private static String name(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().getName();
    }

    private static Resolution<ServerCertificate> refuse(ImportReason reason, String message) {
        return new Resolution.Invalid<>(reason, "ValidationException: " + message);
    }
}
