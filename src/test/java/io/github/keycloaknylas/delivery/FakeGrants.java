package io.github.keycloaknylas.delivery;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doAnswer;

import io.github.keycloaknylas.nylas.CallResult;
import io.github.keycloaknylas.nylas.DeletionOutcome;
import io.github.keycloaknylas.nylas.NylasClient;
import io.github.keycloaknylas.nylas.NylasGrant;

/** A Nylas in memory with one mailbox: a handover returns its grant or makes a new one, a deletion removes it. */
final class FakeGrants {

    private final String name;
    private String grant;
    private int made;
    private int deleted;
    private boolean deleting;

    /** @param name of the person whose mailbox it is */
    FakeGrants(String name) {
        this.name = name;
    }

    void answer(NylasClient nylas) {
        doAnswer(call -> connect()).when(nylas).connect(any(), any(), any());
        doAnswer(call -> delete(call.getArgument(1))).when(nylas).deleteGrant(any(), any(), any());
    }

    synchronized boolean exists(String grantId) {
        return grantId.equals(grant);
    }

    /** The number of grants that were deleted. */
    synchronized int deleted() {
        return deleted;
    }

    /** Whether a deletion has arrived since the last handover. */
    synchronized boolean isDeleting() {
        return deleting;
    }

    private CallResult<NylasGrant> connect() {
        String id = current();
        // Lets a deletion overtake the answer.
        Thread.yield();
        return new CallResult.Done<>(DeliveryFixture.grant(id, name), "request-1");
    }

    private synchronized String current() {
        if (grant == null) {
            grant = "grant-" + ++made;
        }
        deleting = false;
        return grant;
    }

    private CallResult<DeletionOutcome> delete(String grantId) {
        arrived();
        Thread.yield();
        return new CallResult.Done<>(
                remove(grantId) ? DeletionOutcome.DELETED : DeletionOutcome.ALREADY_GONE, "request-1");
    }

    private synchronized void arrived() {
        deleting = true;
    }

    private synchronized boolean remove(String grantId) {
        boolean found = exists(grantId);
        if (found) {
            grant = null;
            deleted++;
        }
        return found;
    }
}
