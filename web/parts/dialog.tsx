/** A window over the page: keeps the focus, Escape closes it, and the focus goes back to where it came from. */
import type { ReactNode } from 'react';
import { Dialog as Box, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import './dialog.css';

interface DialogProps {
  readonly title: string;
  readonly children: ReactNode;
  readonly close: () => void;
}

export function Dialog({ title, children, close }: DialogProps) {
  const t = useTranslations('dialog');
  return (
    <ModalOverlay className="overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && close()}>
      <Modal className="dialog">
        <Box className="dialog-box">
          <div className="dialog-head">
            <Heading slot="title" className="card-title">
              {title}
            </Heading>
            <button className="btn btn--quiet" type="button" onClick={close}>
              {t('close')}
            </button>
          </div>
          {children}
        </Box>
      </Modal>
    </ModalOverlay>
  );
}
