import type { AnalysisResult } from '#shared/contract/analyses.ts';
import type { PeerNetworkResult } from '#shared/domain/peer-network.ts';

export function readPeerNetwork({ result }: AnalysisResult): PeerNetworkResult {
  const network = result as Partial<PeerNetworkResult>;
  if (!Array.isArray(network.links) || !Array.isArray(network.coverage?.areas) || typeof network.load !== 'object') {
    throw new Error('The result of peer-network does not have its shape.');
  }
  return network as PeerNetworkResult;
}
