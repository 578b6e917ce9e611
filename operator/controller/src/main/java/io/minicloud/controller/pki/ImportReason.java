package io.minicloud.controller.pki;

/**
 * Why a certificate cannot be imported; ACM calls all of these a ValidationException.
 *
 * @see <a href="https://docs.aws.amazon.com/acm/latest/userguide/import-certificate-prerequisites.html">Prerequisites for
 *     importing ACM certificates</a>
 */
public enum ImportReason {
    /** No certificate can be read, or it names nothing. */
    CertificateMalformed,
    /** No private key can be read. */
    PrivateKeyMalformed,
    /** The private key wants a passphrase. */
    PrivateKeyEncrypted,
    /** The private key is another's. */
    PrivateKeyMismatch,
    /** The key is one that no load balancer takes. */
    UnsupportedKeyAlgorithm,
    /** The key is of another kind or length than that of the certificate before it. */
    KeyAlgorithmChanged,
    /** It was signed by what is no longer trusted. */
    UnsupportedSignatureAlgorithm,
    /** It is no longer valid. */
    CertificateExpired,
    /** It is not valid yet. */
    CertificateNotYetValid,
    /** The chain is out of order or does not lead to the certificate. */
    CertificateChainInvalid
}
