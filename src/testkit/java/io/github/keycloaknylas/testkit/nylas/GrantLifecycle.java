package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What happens to a grant without a request of the client: at the provider, at Nylas, or in Nylas' dashboard. Each
 * method names the grant by its ID or mailbox, emits one {@link GrantEvent}, and throws a {@link
 * NoSuchElementException} if there is no such grant.
 */
public final class GrantLifecycle {

    private final Collection<NylasApplication> applications;
    private final Clock clock;

    GrantLifecycle(Collection<NylasApplication> applications, Clock clock) {
        this.applications = applications;
        this.clock = clock;
    }

    /**
     * Lets the credentials die, as after a changed password: the status is {@code invalid} from now on.
     *
     * @param grantId its ID, or the mailbox
     */
    public void expire(String grantId) {
        each(grantId, store -> store.expire(grantId));
    }

    /**
     * Deletes a grant for good; the next authentication of the mailbox gets another ID.
     *
     * @param grantId its ID, or the mailbox
     */
    public void delete(String grantId) {
        each(grantId, store -> store.delete(grantId));
    }

    /**
     * Authenticates the same mailbox again, as a user could by Nylas' own page: the status is {@code valid}, the time
     * of the last authentication is now, and the number of authentications is one more.
     *
     * @param grantId its ID, or the mailbox
     */
    public void reauthenticate(String grantId) {
        change(grantId, Kind.REAUTHENTICATED, edit -> edit.authenticated(clock.instant()));
    }

    /**
     * Blocks a grant: it has {@code "blocked": true}, and requests for it get 423 unless {@link
     * Behaviour#blockedGrantsAreServed} says otherwise.
     *
     * @param grantId its ID, or the mailbox
     */
    public void block(String grantId) {
        change(grantId, Kind.UPDATED, edit -> edit.blocked = true);
    }

    /**
     * Ends {@link #block}.
     *
     * @param grantId its ID, or the mailbox
     */
    public void unblock(String grantId) {
        change(grantId, Kind.UPDATED, edit -> edit.blocked = false);
    }

    /**
     * Changes the consented scopes; the status stays.
     *
     * @param grantId its ID, or the mailbox
     * @param scopes the new scopes, short ({@code Mail.Read}) or with the Graph prefix
     */
    public void changeScopes(String grantId, List<String> scopes) {
        change(grantId, Kind.UPDATED, edit -> edit.scope = scopes);
    }

    /**
     * Changes the address, as after a marriage; the ID stays.
     *
     * @param grantId its ID, or the present mailbox
     * @param email the new address; null if the provider discloses none any more
     */
    public void changeAddress(String grantId, String email) {
        change(grantId, Kind.UPDATED, edit -> edit.email = email);
    }

    /**
     * Changes {@code provider_user_id}, which Nylas documents as "might be changed at any time by the provider".
     *
     * @param grantId its ID, or the mailbox
     * @param providerUserId the new ID; null for none
     */
    public void changeProviderUserId(String grantId, String providerUserId) {
        change(grantId, Kind.UPDATED, edit -> edit.providerUserId = providerUserId);
    }

    private void change(String grantId, Kind kind, Consumer<GrantEdit> change) {
        each(grantId, store -> store.change(grantId, kind, change));
    }

    private void each(String grantId, Function<GrantStore, Optional<Grant>> action) {
        boolean known = false;
        for (NylasApplication application : applications) {
            known |= action.apply(application.store()).isPresent();
        }
        if (!known) {
            throw new NoSuchElementException("There is no grant " + grantId);
        }
    }
}
