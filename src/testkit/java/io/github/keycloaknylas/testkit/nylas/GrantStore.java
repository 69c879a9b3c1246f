package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** The grants of one application: one per mailbox, whose ID outlives everything but its deletion. */
final class GrantStore {

    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final BiConsumer<Kind, Grant> listener;

    GrantStore(BiConsumer<Kind, Grant> listener) {
        this.listener = listener;
    }

    synchronized List<Grant> all() {
        return List.copyOf(grants.values());
    }

    /** Finds by {@code <id>}, {@code grant:<id>}, {@code <email>} or {@code email:<email>}. */
    synchronized Optional<Grant> find(String idOrEmail) {
        String wanted = idOrEmail.replaceFirst("^(grant|email):", "");
        return Optional.ofNullable(grants.get(wanted))
                .or(() -> grants.values().stream()
                        .filter(grant -> wanted.equalsIgnoreCase(grant.email()))
                        .findFirst());
    }

    synchronized Grant authenticate(Mailbox mailbox, Origin origin, Instant now) {
        Optional<Grant> known = grants.values().stream()
                .filter(grant -> grant.provider().equals(origin.provider()))
                .filter(grant -> grant.isOf(mailbox.email(), mailbox.providerUserId()))
                .findFirst();
        Grant grant = new Grant(
                known.map(Grant::id).orElseGet(() -> UUID.randomUUID().toString()),
                origin.provider(),
                mailbox.email(),
                mailbox.name(),
                mailbox.providerUserId(),
                origin.credentialId(),
                mailbox.scope(),
                true,
                origin.state(),
                origin.userAgent(),
                known.map(Grant::createdAt).orElse(now),
                now,
                known.map(Grant::authentications).orElse(0) + 1);
        return keep(known.isPresent() ? Kind.REAUTHENTICATED : Kind.CREATED, grant);
    }

    synchronized Optional<Grant> rescope(String idOrEmail, List<String> scope) {
        return find(idOrEmail).map(grant -> keep(Kind.UPDATED, grant.withScope(scope)));
    }

    synchronized Optional<Grant> expire(String idOrEmail) {
        return find(idOrEmail).map(grant -> keep(Kind.EXPIRED, grant.expired()));
    }

    synchronized void expireAll(Predicate<Grant> which) {
        all().stream().filter(which).filter(Grant::valid).map(Grant::id).forEach(this::expire);
    }

    synchronized Optional<Grant> delete(String idOrEmail) {
        Optional<Grant> gone = find(idOrEmail).map(grant -> grants.remove(grant.id()));
        gone.ifPresent(grant -> listener.accept(Kind.DELETED, grant));
        return gone;
    }

    private Grant keep(Kind kind, Grant grant) {
        grants.put(grant.id(), grant);
        listener.accept(kind, grant);
        return grant;
    }

    /** The data of an authentication besides the mailbox. */
    record Origin(String provider, String credentialId, String state, String userAgent) {}
}
