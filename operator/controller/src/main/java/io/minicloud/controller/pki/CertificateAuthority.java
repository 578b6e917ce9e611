package io.minicloud.controller.pki;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * A self-signed root that issues certificates for servers.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/gs-acm-request-private.html">Private certificates in ACM</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc5280">RFC 5280</a>
 */
public final class CertificateAuthority {
    private static final int YEARS = 10;

    /** ACM: private certificates are valid for 13 months, 395 days. */
    private static final Duration VALIDITY = Duration.ofDays(395);

    /** ACM renews a private certificate 60 days before it expires. */
    private static final Duration RENEWAL = Duration.ofDays(60);

    /** AWS Private CA: valid since 60 minutes before it was issued, for clocks that are behind. */
    private static final Duration SKEW = Duration.ofMinutes(60);

    private static final String SIGNATURE = "SHA256withECDSA";
    private static final int SERIAL_BITS = 127;

    private final ServerCertificate root;

    private CertificateAuthority(ServerCertificate root) {
        this.root = root;
    }

    /**
     * A new one, valid for ten years.
     *
     * @param account the 12-digit id whose authority it is
     * @param now since when
     */
    public static CertificateAuthority create(String account, Instant now) {
        var keys = KeyAlgorithm.EC_PRIME256V1.generate();
        var name = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.O, "minicloud")
                .addRDN(BCStyle.CN, "authority of account " + account)
                .build();
        var end = now.atOffset(ZoneOffset.UTC).plusYears(YEARS).toInstant();
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            name, serial(), date(now.minus(SKEW)), date(end), name, keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                    .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                    .addExtension(
                            Extension.subjectKeyIdentifier,
                            false,
                            new JcaX509ExtensionUtils().createSubjectKeyIdentifier(keys.getPublic()));
            var certificate = sign(builder, keys.getPrivate());
            return new CertificateAuthority(
                    new ServerCertificate(certificate, List.of(), certificate, keys.getPrivate()));
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("the authority of account " + account + " cannot be made", e);
        }
    }

    /** What was written by {@link #content()}; empty when it is not that. */
    public static Optional<CertificateAuthority> parse(Map<String, String> content) {
        return ServerCertificate.parse(content)
                .filter(root -> root.certificate().equals(root.root()))
                .filter(root -> root.certificate().getBasicConstraints() >= 0)
                .map(CertificateAuthority::new);
    }

    /** As it stands in a Secret; its private key is in it. */
    public Map<String, String> content() {
        return root.content();
    }

    /** Its certificate as PEM, for those who are to trust it. */
    public String trust() {
        return Pem.write(List.of(root.certificate()));
    }

    /** Whether it can sign no more. */
    public boolean isExpired(Instant now) {
        return !root.isValid(now);
    }

    /**
     * Issues a certificate with a fresh key. It never outlives the authority.
     *
     * @param names the names it is good for; the first is its common name, of at most 64 characters
     * @param algorithm of its key
     * @param now when
     */
    public ServerCertificate issue(List<String> names, KeyAlgorithm algorithm, Instant now) {
        var keys = algorithm.generate();
        var since = now.minus(SKEW).isBefore(root.notBefore()) ? root.notBefore() : now.minus(SKEW);
        var subject = new X500NameBuilder(BCStyle.INSTANCE)
                .addRDN(BCStyle.CN, names.getFirst())
                .build();
        var all = names.stream()
                .map(name -> new GeneralName(GeneralName.dNSName, name))
                .toArray(GeneralName[]::new);
        try {
            var ids = new JcaX509ExtensionUtils();
            var builder = new JcaX509v3CertificateBuilder(
                            issuer(), serial(), date(since), date(end(now)), subject, keys.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                    .addExtension(Extension.keyUsage, true, usage(keys.getPublic()))
                    .addExtension(
                            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
                    .addExtension(Extension.subjectAlternativeName, false, new GeneralNames(all))
                    .addExtension(
                            Extension.subjectKeyIdentifier, false, ids.createSubjectKeyIdentifier(keys.getPublic()))
                    .addExtension(
                            Extension.authorityKeyIdentifier,
                            false,
                            ids.createAuthorityKeyIdentifier(root.certificate().getPublicKey()));
            return new ServerCertificate(sign(builder, root.key()), List.of(), root.certificate(), keys.getPrivate());
        } catch (GeneralSecurityException | CertIOException e) {
            throw new IllegalStateException("the certificate of " + names.getFirst() + " cannot be made", e);
        }
    }

    /** Whether this authority, and not an earlier one, signed a certificate. */
    public boolean hasIssued(X509Certificate certificate) {
        try {
            certificate.verify(root.certificate().getPublicKey());
            return certificate.getIssuerX500Principal().equals(principal());
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** Whether it is time for another certificate, and another would be good for longer. */
    public boolean isRenewalDue(ServerCertificate held, Instant now) {
        return !now.isBefore(held.notAfter().minus(RENEWAL)) && end(now).isAfter(held.notAfter());
    }

    private Instant end(Instant now) {
        var end = now.plus(VALIDITY).truncatedTo(ChronoUnit.SECONDS);
        return end.isAfter(root.notAfter()) ? root.notAfter() : end;
    }

    private X500Principal principal() {
        return root.certificate().getSubjectX500Principal();
    }

    private X500Name issuer() {
        return X500Name.getInstance(principal().getEncoded());
    }

    /** Only with RSA may a client of TLS 1.2 send a secret that is encrypted for the key. */
    private static KeyUsage usage(PublicKey key) {
        return new KeyUsage(
                key.getAlgorithm().equals("RSA")
                        ? KeyUsage.digitalSignature | KeyUsage.keyEncipherment
                        : KeyUsage.digitalSignature);
    }

    private static X509Certificate sign(X509v3CertificateBuilder builder, PrivateKey key) throws CertificateException {
        try {
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(key)));
        } catch (OperatorCreationException e) {
            throw new CertificateException(e);
        }
    }

    /** RFC 5280 4.1.2.2: positive, at most 20 octets. */
    private static BigInteger serial() {
        return new BigInteger(SERIAL_BITS - 1, new SecureRandom()).setBit(SERIAL_BITS - 1);
    }

    private static Date date(Instant instant) {
        return Date.from(instant.truncatedTo(ChronoUnit.SECONDS));
    }
}
