package io.minicloud.controller.organizations.account;

/** The reasons of an Account's conditions. */
public enum AccountReason {
    /** The namespace is this account. */
    Enrolled,
    /** Another Account has the id. */
    AccountIdTaken,
    /** Another Account has the namespace. */
    NamespaceTaken,
    /** The namespace belongs to minicloud itself. */
    InvalidNamespace
}
