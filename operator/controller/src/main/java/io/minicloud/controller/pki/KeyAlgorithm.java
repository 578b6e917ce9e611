package io.minicloud.controller.pki;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a certificate of a load balancer may have.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/acm-certificate-characteristics.html">ACM certificate
 *     characteristics</a>
 */
public enum KeyAlgorithm {
    RSA_2048("RSA_2048", "RSA", rsa(2048)),
    RSA_3072("RSA_3072", "RSA", rsa(3072)),
    RSA_4096("RSA_4096", "RSA", rsa(4096)),
    EC_PRIME256V1("EC_prime256v1", "EC", new ECGenParameterSpec("secp256r1")),
    EC_SECP384R1("EC_secp384r1", "EC", new ECGenParameterSpec("secp384r1")),
    EC_SECP521R1("EC_secp521r1", "EC", new ECGenParameterSpec("secp521r1"));

    private final String awsName;
    private final String family;
    private final AlgorithmParameterSpec parameters;

    KeyAlgorithm(String awsName, String family, AlgorithmParameterSpec parameters) {
        this.awsName = awsName;
        this.family = family;
        this.parameters = parameters;
    }

    /** As AWS calls it, e.g. {@code EC_prime256v1}. */
    public String awsName() {
        return awsName;
    }

    /** The names of all, as AWS calls them. */
    public static List<String> awsNames() {
        return Arrays.stream(values()).map(KeyAlgorithm::awsName).toList();
    }

    /**
     * The one with this name.
     *
     * @throws IllegalArgumentException when AWS has none of this name
     */
    public static KeyAlgorithm named(String awsName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.awsName.equals(awsName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no key algorithm " + awsName));
    }

    /** What a key is; empty for one that no load balancer takes. */
    public static Optional<KeyAlgorithm> of(PublicKey key) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.fits(key)).findFirst();
    }

    /** A fresh key. */
    public KeyPair generate() {
        try {
            var generator = KeyPairGenerator.getInstance(family);
            generator.initialize(parameters);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK makes no keys " + awsName, e);
        }
    }

    private boolean fits(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa ->
                parameters instanceof RSAKeyGenParameterSpec wanted
                        && rsa.getModulus().bitLength() == wanted.getKeysize();
            case ECPublicKey ec ->
                parameters instanceof ECGenParameterSpec wanted
                        && ec.getParams().getOrder().equals(order(wanted));
            default -> false;
        };
    }

    private static BigInteger order(ECGenParameterSpec curve) {
        try {
            var found = AlgorithmParameters.getInstance("EC");
            found.init(curve);
            return found.getParameterSpec(ECParameterSpec.class).getOrder();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK has no curve " + curve.getName(), e);
        }
    }

    private static RSAKeyGenParameterSpec rsa(int bits) {
        return new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4);
    }
}
