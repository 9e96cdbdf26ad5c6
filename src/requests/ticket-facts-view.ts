/** The SQL of what is known of a ticket, by the SQL of its source and of its key; null where its source has not told of it. */
export const ticketFacts = (source: string, key: string): string => `
  (select json_build_object('status', k.status, 'type', k.type, 'people', coalesce(
      (select json_agg(distinct i.person_id) from identity i where i.issuer = 'ticket:' || k.source and i.subject in (k.requester, k.assignee)), '[]'))
    from ticket k where k.source = ${source} and k.key = ${key})`
