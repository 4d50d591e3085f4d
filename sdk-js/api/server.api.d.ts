// dist/server/index.d.ts
export { sharedSecret, signChannel, signPresenceChannel, signUser } from './signing.js';
export type { ChannelAuth, Credentials, PresenceChannelAuth, UserAuth } from './signing.js';
export { verifyWebhook } from './webhook.js';

// dist/server/signing.d.ts
export interface Credentials {
    readonly key: string;
    readonly secret: string;
    readonly encryptionMasterKey?: Uint8Array | undefined;
}
export interface ChannelAuth {
    readonly auth: string;
    readonly shared_secret?: string;
}
export interface PresenceChannelAuth {
    readonly auth: string;
    readonly channel_data: string;
}
export interface UserAuth {
    readonly auth: string;
    readonly user_data: string;
}
export declare function signChannel(credentials: Credentials, socketId: string, channel: string): Promise<ChannelAuth>;
export declare function signPresenceChannel(credentials: Credentials, socketId: string, channel: string, channelData: string): Promise<PresenceChannelAuth>;
export declare function signUser(credentials: Credentials, socketId: string, userData: string): Promise<UserAuth>;
export declare function sharedSecret(masterKey: Uint8Array, channel: string): Promise<string>;

// dist/server/webhook.d.ts
export declare function verifyWebhook(secret: string, body: string | Uint8Array, signature: string | null | undefined): Promise<boolean>;
