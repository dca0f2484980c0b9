/**
 * Who may do what is a role in an area. The words are those of the design: the owner of an installation, the officer who
 * works with the registry, the leader who signs, the editor of content (sees no household), the village agent.
 */
export const roles = ['admin', 'officer', 'leader', 'editor', 'agent'] as const;

export type Role = (typeof roles)[number];
