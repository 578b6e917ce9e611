package io.minicloud.controller.certificate;

/** Why a certificate cannot be used yet. */
public enum CertificateUseReason {
    /** There is none of this name. */
    CertificateNotFound,
    /** It is not in force yet. */
    CertificatePending,
    /** It is no longer valid, or cannot be had as it is asked for. */
    UnsupportedCertificate
}
