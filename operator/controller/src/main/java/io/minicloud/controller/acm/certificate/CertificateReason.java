package io.minicloud.controller.acm.certificate;

/** The reasons of a Certificate's conditions; those of what cannot be imported are of their own. */
public enum CertificateReason {
    /** It can be had. */
    Accepted,
    /** It was issued by the account's authority. */
    Issued,
    /** It was imported. */
    Imported,
    /** It is no longer valid. */
    Expired,
    /** More names than the account may have in one. */
    LimitExceededException,
    /** The Secret to import from is not there. */
    ImportSecretNotFound,
    /** A Secret or ConfigMap that is not minicloud's has the name. */
    NameTaken,
    /** The controller has no right to Secrets in the namespace. */
    SecretsForbidden,
    /** The key of the account's authority is gone. */
    AuthorityLost,
    /** The key of the account's authority cannot be read. */
    AuthorityDamaged,
    /** The account's authority is no longer valid. */
    AuthorityExpired,
    /** Its Secret was deleted or changed; it is issued anew, with a new key. */
    CertificateLost,
    /** Deletion waits for those that name it. */
    ResourceInUseException
}
