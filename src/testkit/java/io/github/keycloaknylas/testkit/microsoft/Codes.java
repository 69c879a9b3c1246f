package io.github.keycloaknylas.testkit.microsoft;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.keycloaknylas.testkit.http.Parameters;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Authorization codes: each is good once, for the app, the address and the verifier it was made for. */
final class Codes {

    private record Authorization(AuthorizationRequest request, String accountId) {}

    private final Map<String, Authorization> open = new ConcurrentHashMap<>();
    private final Set<String> redeemed = ConcurrentHashMap.newKeySet();

    String issue(AuthorizationRequest request, Account account) {
        String code = Opaque.random("1.AXoA.code-", 400);
        open.put(code, new Authorization(request, account.id()));
        return code;
    }

    Granted redeem(Parameters body, App app) {
        String code = Aadsts.required(body, "code");
        Authorization authorization = open.get(code);
        if (authorization == null) {
            throw (redeemed.contains(code) ? Aadsts.CODE_REDEEMED : Aadsts.MALFORMED).refusal();
        }
        AuthorizationRequest request = authorization.request();
        check(request, body, app);
        redeemed.add(code);
        if (open.remove(code) == null) {
            throw Aadsts.CODE_REDEEMED.refusal();
        }
        return Granted.bySignIn(authorization.accountId(), request.scopes(), request.nonce());
    }

    private static void check(AuthorizationRequest request, Parameters body, App app) {
        if (!request.app().clientId().equals(app.clientId())) {
            throw Aadsts.OF_ANOTHER_APP.refusal(app.clientId());
        }
        String redirectUri = Aadsts.required(body, "redirect_uri");
        if (!request.back().redirectUri().equals(redirectUri)) {
            throw Aadsts.OTHER_REDIRECT.refusal(redirectUri);
        }
        String answer = body.find("code_verifier").map(Codes::s256).orElse(null);
        if (request.codeChallenge().isPresent()
                && !request.codeChallenge().get().equals(answer)) {
            throw Aadsts.CODE_VERIFIER.refusal();
        }
    }

    private static String s256(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
