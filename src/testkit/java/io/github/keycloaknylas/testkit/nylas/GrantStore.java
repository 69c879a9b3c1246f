package io.github.keycloaknylas.testkit.nylas;

import io.github.keycloaknylas.testkit.nylas.GrantEvent.Kind;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The grants of one application: one per mailbox, whose ID outlives everything but its deletion. */
final class GrantStore {

    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Map<String, Set<String>> idsByEmail = new HashMap<>();
    // Lists of 100,000 grants are read page by page: sorting them once is enough until a grant changes.
    private final Map<GrantOrder, List<Grant>> sorted = new HashMap<>();
    private final BiConsumer<Kind, Grant> listener;

    GrantStore(BiConsumer<Kind, Grant> listener) {
        this.listener = listener;
    }

    synchronized List<Grant> all() {
        return List.copyOf(grants.values());
    }

    synchronized List<Grant> sorted(GrantOrder order) {
        return sorted.computeIfAbsent(
                order,
                wanted -> grants.values().stream().sorted(wanted.comparator()).toList());
    }

    /** Finds by {@code <id>}, {@code grant:<id>}, {@code <email>} or {@code email:<email>}. */
    synchronized Optional<Grant> find(String idOrEmail) {
        String wanted = idOrEmail.replaceFirst("^(grant|email):", "");
        return Optional.ofNullable(grants.get(wanted))
                .or(() -> withEmail(wanted).findFirst());
    }

    /** Finds the grant that an authentication of this mailbox renews. */
    synchronized Optional<Grant> find(Mailbox mailbox, String provider) {
        Stream<Grant> candidates = mailbox.email() != null
                ? withEmail(mailbox.email())
                : grants.values().stream()
                        .filter(grant -> mailbox.providerUserId() != null
                                && mailbox.providerUserId().equals(grant.providerUserId()));
        return candidates.filter(grant -> grant.provider().equals(provider)).findFirst();
    }

    synchronized Grant authenticate(Mailbox mailbox, Origin origin, Instant now) {
        Optional<Grant> known = find(mailbox, origin.provider());
        GrantEdit edit = known.map(GrantEdit::new)
                .orElseGet(() -> new GrantEdit(UUID.randomUUID().toString(), origin.provider(), now));
        edit.email = mailbox.email();
        edit.name = mailbox.name();
        edit.providerUserId = mailbox.providerUserId();
        edit.credentialId = origin.credentialId();
        edit.scope = mailbox.scope();
        edit.state = origin.state();
        edit.userAgent = origin.userAgent();
        edit.authenticated(now);
        return keep(known.isPresent() ? Kind.REAUTHENTICATED : Kind.CREATED, edit.grant());
    }

    synchronized Optional<Grant> change(String idOrEmail, Kind kind, Consumer<GrantEdit> change) {
        return find(idOrEmail).map(grant -> {
            GrantEdit edit = new GrantEdit(grant);
            change.accept(edit);
            return keep(kind, edit.grant());
        });
    }

    Optional<Grant> expire(String idOrEmail) {
        return change(idOrEmail, Kind.EXPIRED, edit -> edit.valid = false);
    }

    synchronized void expireAll(Predicate<Grant> which) {
        all().stream().filter(which).filter(Grant::valid).map(Grant::id).forEach(this::expire);
    }

    synchronized Optional<Grant> delete(String idOrEmail) {
        Optional<Grant> gone = find(idOrEmail);
        gone.ifPresent(grant -> {
            forget(grant);
            listener.accept(Kind.DELETED, grant);
        });
        return gone;
    }

    private Grant keep(Kind kind, Grant grant) {
        Grant before = grants.put(grant.id(), grant);
        if (before != null) {
            unindex(before);
        }
        idsByEmail
                .computeIfAbsent(key(grant.email()), email -> new LinkedHashSet<>())
                .add(grant.id());
        sorted.clear();
        listener.accept(kind, grant);
        return grant;
    }

    private void forget(Grant grant) {
        grants.remove(grant.id());
        unindex(grant);
        sorted.clear();
    }

    private void unindex(Grant grant) {
        idsByEmail.computeIfPresent(key(grant.email()), (email, ids) -> {
            ids.remove(grant.id());
            return ids.isEmpty() ? null : ids;
        });
    }

    private Stream<Grant> withEmail(String email) {
        return idsByEmail.getOrDefault(key(email), Set.of()).stream().map(grants::get);
    }

    private static String key(String email) {
        return email == null ? "" : email.toLowerCase(Locale.ROOT);
    }

    /** The data of an authentication besides the mailbox. */
    record Origin(String provider, String credentialId, String state, String userAgent) {}
}
