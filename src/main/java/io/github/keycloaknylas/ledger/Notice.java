package io.github.keycloaknylas.ledger;

import io.github.keycloaknylas.hashing.Digests;

/**
 * A notification of Nylas about a grant. Only which grant to ask about is relied on, never what it claims.
 *
 * @param webhookId webhook that received it
 * @param eventId Nylas' ID of the event, the same in every delivery
 * @param grant the grant it is about
 * @param type for instance {@code grant.expired}
 * @param eventAt Nylas' time of the event in milliseconds since the epoch, or null
 */
public record Notice(String webhookId, String eventId, NoticedGrant grant, String type, Long eventAt) {

    /** The primary key. It contains the webhook, so that nobody who can sign for one suppresses another's notices. */
    String hash() {
        return Digests.sha256(webhookId, eventId);
    }
}
