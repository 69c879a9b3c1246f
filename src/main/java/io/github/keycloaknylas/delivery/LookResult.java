package io.github.keycloaknylas.delivery;

/** What a look at a grant led to. */
enum LookResult {
    /** Nylas answered: the mailboxes that show the grant are as it reports, or unchanged if it refuses this grant alone. */
    RECORDED,
    /** A handover of the grant was in progress or ended during the look, and may have overtaken what Nylas reported. */
    OVERTAKEN,
    /** No mailbox shows the grant, so Nylas was not asked. */
    NOT_SHOWN,
    /** Nylas could not be asked. */
    FAILED
}
