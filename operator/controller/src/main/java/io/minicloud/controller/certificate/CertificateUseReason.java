package io.minicloud.controller.certificate;

/** Why a certificate cannot be used yet. */
public enum CertificateUseReason {
    /** It is not issued yet, or is being issued anew. */
    CertificatePending
}
