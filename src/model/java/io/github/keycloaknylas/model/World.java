package io.github.keycloaknylas.model;

import io.github.keycloaknylas.support.store.Options;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.keycloak.models.KeycloakSession;
import org.keycloak.sessions.AuthenticationSessionModel;

/** Two realms, some accounts, two nodes, one Nylas, and what really happened among them. */
final class World {

    static final String ALIAS = "microsoft";
    static final List<String> REALMS = List.of("home", "away");
    static final List<String> USERS = List.of("first", "second", "third");
    static final List<String> ACCOUNTS = List.of("ada", "bob");
    static final long START = 10_000_000_000_000L;

    /** Clocks of a cluster differ. */
    static final Duration SKEW = Duration.ofMinutes(1);

    private final Rig rig;
    private final Options options;
    private final Truth truth = new Truth();
    private final Rows rows = new Rows(this);
    private final Rules rules = new Rules(this);
    private final Grants grants = new Grants(this);
    private final MemoryNylas nylas = new MemoryNylas(new Watcher(this));
    private final List<Node> nodes;
    private final Map<Integer, AuthenticationSessionModel> logins = new HashMap<>();
    private final Map<String, ProviderIs> providers = new HashMap<>();
    private final Leases leases = new Leases(this);
    private long now = START;
    private long loginTime = START;
    private boolean directoryUp = true;
    private boolean sealKey = true;

    World(Rig rig, Options options) {
        this.rig = rig;
        this.options = options;
        this.nodes = List.of(new Node(this, 0), new Node(this, SKEW.toMillis()));
        for (String realm : REALMS) {
            provider(realm, ProviderIs.WELL);
            USERS.forEach(user -> {
                rig.keycloak.removeUser(realm, user);
                rig.keycloak.user(realm, user);
            });
            link(new Account(realm, "ada"), "first");
        }
        link(new Account("home", "bob"), "second");
    }

    void provider(String realm, ProviderIs how) {
        providers.put(realm, how);
        how.apply(rig.keycloak, realm);
    }

    ProviderIs provider(String realm) {
        return providers.get(realm);
    }

    /** Links an account, away from whoever has it and in place of whatever the user has. */
    void link(Account account, String user) {
        truth.owner(account).ifPresent(owner -> unlink(account, owner));
        truth.accountOf(account.realm(), user).ifPresent(old -> unlink(old, user));
        rig.keycloak.link(account.realm(), user, ALIAS, account.name());
        truth.linked(account, user);
    }

    void unlink(Account account, String user) {
        rig.keycloak.unlink(account.realm(), user, ALIAS);
        truth.unlinked(account, now);
    }

    /** A request on a node, in one transaction. */
    KeycloakSession request(Node node, String realm) {
        loginTime = node.millis();
        KeycloakSession session = rig.keycloak.thriftySession();
        session.getContext().setRealm(session.realms().getRealm(realm));
        return session;
    }

    boolean hasUser(String realm, String user) {
        return user(realm, user).isPresent();
    }

    Optional<org.keycloak.models.UserModel> user(String realm, String user) {
        return rig.keycloak.existing(realm, user);
    }

    void pass(Duration time) {
        now += time.toMillis();
    }

    void directory(boolean up) {
        directoryUp = up;
        rig.keycloak.failUserStore(up ? null : new IllegalStateException("The directory is down"));
    }

    void sealKey(boolean there) {
        sealKey = there;
        if (there) {
            Rig.restore(options);
        } else {
            options.without(Rig.SEAL_KEY);
        }
    }

    boolean isDirectoryUp() {
        return directoryUp;
    }

    boolean hasSealKey() {
        return sealKey;
    }

    Rig rig() {
        return rig;
    }

    Options options() {
        return options;
    }

    Truth truth() {
        return truth;
    }

    MemoryNylas nylas() {
        return nylas;
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

    Leases leases() {
        return leases;
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
