package io.minicloud.controller.pki;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateKey;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v1CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.openssl.jcajce.JcaMiscPEMGenerator;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.openssl.jcajce.JceOpenSSLPKCS8EncryptorBuilder;
import org.bouncycastle.openssl.jcajce.JcePEMEncryptorBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * Certificates as a company's own authority would issue them, good and bad: made with other code than what is tested.
 *
 * @param certificate the certificate
 * @param keys its keys
 * @param issuer who signed it; null for itself
 */
public record TestChain(X509Certificate certificate, KeyPair keys, TestChain issuer) {
    private static final int DAYS = 24 * 60 * 60;

    /** Wishes for a certificate. */
    public record Wish(String name, Instant from, Instant until, String digest, boolean ca) {
        /** Of this name, valid around that time. */
        public static Wish of(String name, Instant now) {
            return new Wish(name, now.minusSeconds(DAYS), now.plusSeconds(30L * DAYS), "SHA256", false);
        }

        /** Only in this time. */
        public Wish valid(Instant since, Instant until) {
            return new Wish(name, since, until, digest, ca);
        }

        /** Signed with this digest. */
        public Wish digest(String other) {
            return new Wish(name, from, until, other, ca);
        }

        /** One that may sign others. */
        public Wish authority() {
            return new Wish(name, from, until, digest, true);
        }
    }

    /** Fresh keys. */
    public static KeyPair keys(String family, int bits) {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            generator.initialize(bits);
            return generator.generateKeyPair();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** One that signed itself. */
    public static TestChain selfSigned(Wish wish, KeyPair keys) {
        return new TestChain(sign(wish, keys, keys.getPrivate(), dn(wish.name())), keys, null);
    }

    /** One that this one signs. */
    public TestChain issue(Wish wish, KeyPair subject) {
        var issued = sign(
                wish,
                subject,
                keys.getPrivate(),
                X500Name.getInstance(certificate.getSubjectX500Principal().getEncoded()));
        return new TestChain(issued, subject, this);
    }

    /** The same keys in a certificate of X.509 version 1, which names nothing but its subject. */
    public static TestChain versionOne(Wish wish, KeyPair keys) {
        try {
            var builder = new JcaX509v1CertificateBuilder(
                    dn(wish.name()),
                    BigInteger.ONE,
                    Date.from(wish.from()),
                    Date.from(wish.until()),
                    dn(wish.name()),
                    keys.getPublic());
            var signed = new JcaX509CertificateConverter()
                    .getCertificate(
                            builder.build(new JcaContentSignerBuilder("SHA256withRSA").build(keys.getPrivate())));
            return new TestChain(signed, keys, null);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** The certificate as PEM. */
    public String pem() {
        return Pem.write(List.of(certificate));
    }

    /** Its key as PEM. */
    public String key() {
        return Pem.write(keys.getPrivate());
    }

    /** A Secret's texts. */
    public static Map<String, String> secret(String certificate, String key, String... root) {
        var content = new HashMap<>(Map.of("tls.crt", certificate, "tls.key", key));
        if (root.length > 0) {
            content.put("ca.crt", root[0]);
        }
        return content;
    }

    /** A key that wants a passphrase, as PKCS #8. */
    public static String encrypted(PrivateKey key) {
        try {
            var encryptor = new JceOpenSSLPKCS8EncryptorBuilder(JcaPKCS8Generator.AES_256_CBC)
                    .setProvider(new BouncyCastleProvider())
                    .setPassword("secret".toCharArray())
                    .build();
            return write(new JcaPKCS8Generator(key, encryptor).generate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key that wants a passphrase, as OpenSSL wrote it before there was PKCS #8. */
    public static String encryptedOld(PrivateKey key) {
        var encryptor = new JcePEMEncryptorBuilder("AES-256-CBC")
                .setProvider(new BouncyCastleProvider())
                .build("secret".toCharArray());
        try {
            return write(new JcaMiscPEMGenerator(key, encryptor).generate());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** A key as {@code openssl genrsa -traditional} writes it. */
    public static String old(RSAPrivateKey key) {
        var info = PrivateKeyInfo.getInstance(key.getEncoded());
        try {
            return write(new PemObject(
                    "RSA PRIVATE KEY", info.parsePrivateKey().toASN1Primitive().getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A key as {@code openssl ecparam -genkey} writes it: with its curve, and the public key. */
    public static String old(KeyPair keys) {
        try {
            var point = SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded())
                    .getPublicKeyData();
            var secret = ((ECPrivateKey) keys.getPrivate()).getS();
            return write(new PemObject("EC PARAMETERS", SECObjectIdentifiers.secp256r1.getEncoded()))
                    + write(new PemObject(
                            "EC PRIVATE KEY",
                            new org.bouncycastle.asn1.sec.ECPrivateKey(
                                            256, secret, point, SECObjectIdentifiers.secp256r1)
                                    .getEncoded()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String write(PemObject object) throws IOException {
        var text = new StringWriter();
        try (var writer = new PemWriter(text)) {
            writer.writeObject(object);
        }
        return text.toString();
    }

    private static X509Certificate sign(Wish wish, KeyPair subject, PrivateKey signer, X500Name issuer) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE)),
                            Date.from(wish.from()),
                            Date.from(wish.until()),
                            dn(wish.name()),
                            subject.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(wish.ca()));
            if (!wish.ca()) {
                builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, wish.name())));
            }
            var algorithm = wish.digest() + "with" + (signer.getAlgorithm().equals("EC") ? "ECDSA" : "RSA");
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(algorithm).build(signer)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static X500Name dn(String name) {
        return new X500Name("CN=" + name);
    }
}
