package io.github.keycloaknylas.model;

import io.github.keycloaknylas.ledger.Evidence;
import io.github.keycloaknylas.ledger.EvidenceEntity;
import io.github.keycloaknylas.ledger.EvidenceType;
import io.github.keycloaknylas.ledger.Mailbox;
import io.github.keycloaknylas.support.store.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.keycloak.connections.jpa.JpaConnectionProvider;
import org.keycloak.models.KeycloakSession;
import org.keycloak.models.UserModel;
import org.keycloak.models.utils.KeycloakModelUtils;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Simulates two realms, some accounts, two nodes and one Nylas, and keeps the reference model of them. */
final class Simulation {

    static final List<String> REALMS = List.of("home", "away");
    static final List<String> USERS = List.of("first", "second", "third");
    static final List<String> ACCOUNTS = List.of("ada", "bob");
    static final long START = 10_000_000_000_000L;
    /** Clocks of a cluster differ. */
    static final Duration SKEW = Duration.ofMinutes(1);

    private final SystemUnderTest system;
    private final Options options;
    private final ReferenceModel reference = new ReferenceModel();
    private final Rows rows = new Rows(this);
    private final Rules rules = new Rules(this);
    private final Grants grants = new Grants(this);
    private final UnknownStates unknownStates = new UnknownStates(this);
    private final Notifications notifications = new Notifications(this);
    private final GrantBook book = new GrantBook(notifications::happened);
    private final InMemoryNylas nylas = new InMemoryNylas(new NylasRules(this), book);
    private final List<Node> nodes;
    private final Map<Integer, AuthenticationSessionModel> logins = new HashMap<>();
    private final Map<String, ProviderSetup> providers = new HashMap<>();
    private final Map<String, String> aliases = new HashMap<>();
    private final Leases leases = new Leases(this);
    private final DeletionLeases deletionLeases = new DeletionLeases(this);
    private long now = START;
    private long loginTime = START;
    private boolean directoryUp = true;
    private boolean sealKey = true;

    Simulation(SystemUnderTest system, Options options) {
        this.system = system;
        this.options = options;
        this.nodes = List.of(new Node(this, 0), new Node(this, SKEW.toMillis()));
        for (String realm : REALMS) {
            aliases.put(realm, "microsoft");
            provider(realm, ProviderSetup.STANDARD);
            USERS.forEach(user -> {
                system.keycloak.removeUser(realm, user);
                system.keycloak.user(realm, user);
            });
            link(new Account(realm, "ada").mailbox(this), "first");
        }
        link(new Account("home", "bob").mailbox(this), "second");
    }

    /** The address of a mailbox. A successor, "ada2", has got the address of "ada". */
    static String address(String mailbox) {
        return account(mailbox) + "@example.com";
    }

    /** The account under which a person signs in. */
    static String account(String mailbox) {
        return mailbox.replaceAll("[0-9]", "");
    }

    void provider(String realm, ProviderSetup how) {
        providers.put(realm, how);
        how.apply(system.keycloak, realm, alias(realm));
    }

    ProviderSetup provider(String realm) {
        return providers.get(realm);
    }

    String alias(String realm) {
        return aliases.get(realm);
    }

    /** The provider gets an alias that none had before. */
    void rename(String realm) {
        system.keycloak.removeProvider(realm, alias(realm));
        aliases.merge(realm, "-2", String::concat);
        provider(realm, provider(realm));
    }

    void link(Mailbox mailbox, String user) {
        system.keycloak.link(mailbox.realmId(), user, mailbox.alias(), mailbox.subject());
        reference.linked(mailbox, user, now);
    }

    void unlink(Mailbox mailbox, String user) {
        system.keycloak.unlink(mailbox.realmId(), user, mailbox.alias());
        reference.unlinked(mailbox);
    }

    /** The evidence of an event, and what the event is about, if the transaction of both is committed. */
    void proven(EvidenceType type, Mailbox mailbox, String user, String newAlias, boolean commits) {
        // As with sign-ins, two events at the very same moment say nothing of which came first.
        pass(Duration.ofMillis(1));
        transaction(
                session -> new Evidence(
                                session.getProvider(JpaConnectionProvider.class).getEntityManager())
                        .insert(List.of(evidence(type, mailbox, user, newAlias))),
                commits);
        if (commits) {
            reference.proves(mailbox, user, now);
        }
    }

    private EvidenceEntity evidence(EvidenceType type, Mailbox mailbox, String user, String newAlias) {
        return switch (type) {
            case LINK_RENAMED -> EvidenceEntity.linkRenamed(mailbox, user, newAlias, now);
            case USER_REMOVED -> EvidenceEntity.userRemoved(mailbox.realmId(), user, now);
            case CONFIRMED -> EvidenceEntity.confirmed(mailbox, user, now);
            default -> EvidenceEntity.linkRemoved(mailbox, user, now);
        };
    }

    void transaction(Consumer<KeycloakSession> work) {
        transaction(work, true);
    }

    private void transaction(Consumer<KeycloakSession> work, boolean commits) {
        KeycloakModelUtils.runJobInTransaction(system.sessions, session -> {
            work.accept(session);
            if (!commits) {
                session.getTransactionManager().setRollbackOnly();
            }
        });
    }

    /** A request on a node, in one transaction. */
    KeycloakSession request(Node node, String realm) {
        loginTime = node.millis();
        KeycloakSession session = system.keycloak.lightweightSession();
        session.getContext().setRealm(session.realms().getRealm(realm));
        return session;
    }

    boolean hasUser(String realm, String user) {
        return user(realm, user).isPresent();
    }

    Optional<UserModel> user(String realm, String user) {
        return system.keycloak.existing(realm, user);
    }

    void pass(Duration time) {
        now += time.toMillis();
    }

    void directory(boolean up) {
        directoryUp = up;
        system.keycloak.failUserStore(up ? null : new IllegalStateException("The directory is down"));
    }

    void sealKey(boolean there) {
        sealKey = there;
        if (there) {
            SystemUnderTest.restore(options);
        } else {
            options.without(SystemUnderTest.SEAL_KEY);
        }
    }

    boolean isDirectoryUp() {
        return directoryUp;
    }

    boolean hasSealKey() {
        return sealKey;
    }

    SystemUnderTest system() {
        return system;
    }

    Options options() {
        return options;
    }

    ReferenceModel reference() {
        return reference;
    }

    InMemoryNylas nylas() {
        return nylas;
    }

    GrantBook book() {
        return book;
    }

    Notifications notifications() {
        return notifications;
    }

    Rows rows() {
        return rows;
    }

    Rules rules() {
        return rules;
    }

    Grants grants() {
        return grants;
    }

    UnknownStates unknownStates() {
        return unknownStates;
    }

    Leases leases() {
        return leases;
    }

    DeletionLeases deletionLeases() {
        return deletionLeases;
    }

    Node node(int number) {
        return nodes.get(number);
    }

    List<Node> nodes() {
        return nodes;
    }

    Map<Integer, AuthenticationSessionModel> logins() {
        return logins;
    }

    long now() {
        return now;
    }

    long loginTime() {
        return loginTime;
    }
}
